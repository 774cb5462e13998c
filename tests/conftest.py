"""Fixtures of every test. The parts stand in tests/ground/ and tests/factories/."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from tests.ground import databases, network

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser, Page

    from tenants.models import School, User
    from tests.ground.browser import Pages
    from tests.ground.cast import Cast
    from tests.ground.counting import Queries
    from tests.ground.live import Live
    from tests.ground.site import SiteTemplate

_COMMITS = {"own_database", "module_database", "live", "site_database", "live_site", "browser_page", "open_page"}
_WHOLE_MODULE = {"module_database", "site_database"}


def pytest_configure(config: pytest.Config) -> None:
    """Pages speak Chinese only with compiled catalogues; they are not kept in the repository. Nothing here is timed."""
    hypothesis.settings.register_profile(
        "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("untimed")
    from django.utils.translation.reloader import translation_file_changed

    from portal.translations import places

    for path in places.stale(databases.ROOT):
        places.compile_catalogue(databases.ROOT, path)
        # Django may have loaded the language without it: when it set up the apps, before this hook.
        translation_file_changed(None, path.with_suffix(".mo"))


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """A module with its own database stays on one worker; what takes long comes first; tests that would truncate are
    refused.

    A wrapper: the groups must stand before xdist reads them, the order after all others have put theirs.
    """
    for item in items:
        names = _fixtures(item)
        django_db = item.get_closest_marker("django_db")
        if names & {"transactional_db", "live_server"} or (django_db and django_db.kwargs.get("transaction")):
            raise pytest.UsageError(f"{item.nodeid}: the runtime role truncates nothing; use the mark `committed`")
        committed = item.get_closest_marker("committed")
        if names & _WHOLE_MODULE or (committed and committed.kwargs.get("scope") == "module"):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))
    yield
    # At the end of a run a long one would keep one worker busy and the others waiting.
    items.sort(key=lambda item: _COMMITS.isdisjoint(_fixtures(item)) and not item.get_closest_marker("committed"))


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes name no test: a zip holds the moment it was made, and workers would call the test differently."""
    return "bytes" if isinstance(val, bytes) else None


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        network.close_network(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files that tests store lie in a folder of this run."""
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("files")
    with override_settings(DATA_DIR=folder, MEDIA_ROOT=folder / "media", FILE_STORE_DIR=folder / "store"):
        yield


@pytest.fixture(scope="session")
def template_name() -> str:
    """Name of the migrated database with the cast; built by the first worker that asks."""
    return databases.template_database()


@pytest.fixture(scope="session")
def django_db_setup(template_name: str, django_db_blocker: Any) -> Iterator[None]:
    """This worker's copy of the template; the connection is the runtime role's."""
    from tests.ground.switching import stand_on

    databases.drop_left_over()
    name = databases.copy_database(template_name)
    with django_db_blocker.unblock():
        before = stand_on(name)
    yield
    with django_db_blocker.unblock():
        stand_on(before)
    databases.drop_database(name)


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any, template_name: str) -> Iterator[str]:
    """A fresh database for this test alone, in which it may commit (threads, processes, a live server). Its name."""
    from tests.ground.switching import own_copy

    with django_db_blocker.unblock(), own_copy(template_name) as name:
        yield name


@pytest.fixture(scope="module")
def module_database(django_db_setup: None, django_db_blocker: Any, template_name: str) -> Iterator[str]:
    """The same for a whole module: its tests see each other's commits."""
    from tests.ground.switching import own_copy

    with django_db_blocker.unblock(), own_copy(template_name) as name:
        yield name


@pytest.fixture(scope="session")
def site_template(django_db_setup: None) -> "SiteTemplate":
    """The database with the demo's pages, and their files; laid down by the first worker that asks."""
    from tests.ground import site

    return site.site_template()


@pytest.fixture(scope="module")
def site_database(site_template: "SiteTemplate", django_db_blocker: Any) -> Iterator[str]:
    """As `module_database`, with the demo's pages in it. A test that also asks for `db` is rolled back in there."""
    from tests.ground.switching import own_copy

    with django_db_blocker.unblock(), own_copy(site_template.name) as name:
        yield name


@pytest.fixture(autouse=True)
def _committed(request: pytest.FixtureRequest) -> None:
    """The mark `committed`: a database of its own for the test, or with scope="module" for its module."""
    if mark := request.node.get_closest_marker("committed"):
        request.getfixturevalue("module_database" if mark.kwargs.get("scope") == "module" else "own_database")


@pytest.fixture(autouse=True)
def _clean_ground() -> Iterator[None]:
    """After each test: on the association's floor, no remembered host, Chinese."""
    yield
    from django.conf import settings
    from django.urls import set_urlconf
    from django.utils import translation

    from tenants.context import leave_school
    from tenants.hosts import forget_hosts

    leave_school()
    forget_hosts()
    set_urlconf(None)
    translation.activate(settings.LANGUAGE_CODE)


# ---------------------------------------------------------------- hosts and people


@pytest.fixture
def client_on(db: None) -> "Callable[..., Client]":
    """`client_on(host, user=None)`: a client on one host, signed in there if a user is given."""
    from tests.ground.clients import client_on

    return client_on


@pytest.fixture
def association_client(db: None) -> "Client":
    """A visitor on the association's host."""
    from tests.ground.clients import association_client

    return association_client()


@pytest.fixture
def make_school(db: None) -> "Callable[..., School]":
    """`make_school(code=…)`: an open school."""
    from tests.factories.people import make_school

    return make_school


@pytest.fixture
def make_user(db: None) -> "Callable[..., User]":
    """`make_user(account=…)`: a person."""
    from tests.factories.people import make_user

    return make_user


@pytest.fixture
def member(db: None) -> "Callable[..., User]":
    """`member(school, role)`: a person with a role in a school."""
    from tests.factories.people import member

    return member


@pytest.fixture
def officer(db: None) -> "Callable[..., User]":
    """`officer(committee)`: a person with a seat on a committee."""
    from tests.factories.people import officer

    return officer


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> "Cast":
    """The cast, in whichever database the test stands (`cast["head_a"]`, `cast.school_a`)."""
    from tests.ground.cast import read_cast

    if not _COMMITS & set(request.fixturenames) and not request.node.get_closest_marker("committed"):
        request.getfixturevalue("db")
    return read_cast()


@pytest.fixture
def queries() -> "Queries":
    """Literal query counts: `with queries(7): …`, `queries.at_1_and_3(7, make_row, fetch)`."""
    from tests.ground.counting import Queries

    return Queries()


# ---------------------------------------------------------------- the running portal


@pytest.fixture
def live(own_database: str, tmp_path: Path) -> "Iterator[Live]":
    """A granian process on a database of its own; the test's own connection stands on the same database."""
    from tests.ground.live import running

    with running(own_database, tmp_path / "live") as portal:
        yield portal


@pytest.fixture
def live_site(site_template: "SiteTemplate", django_db_blocker: Any, tmp_path: Path) -> "Iterator[Live]":
    """As `live`, with the demo's pages."""
    from tests.ground.site import running_site
    from tests.ground.switching import own_copy

    with (
        django_db_blocker.unblock(),
        own_copy(site_template.name) as name,
        running_site(site_template, name, tmp_path / "live") as portal,
    ):
        yield portal


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """One browser for the worker."""
    from tests.ground.browser import browser

    with browser() as running:
        yield running


@pytest.fixture
def open_page(chromium: "Browser") -> "Iterator[Pages]":
    """`open_page(width=390, language="en")`: a page in a profile of its own.

    At the end none may have broken the policy, called outside or failed in script.
    """
    from tests.ground.browser import Pages

    pages = Pages(chromium)
    yield pages
    assert not (faults := pages.close()), "\n".join(faults)


@pytest.fixture
def browser_page(open_page: "Pages") -> "Page":
    """One page, 1280 wide, in Chinese."""
    return open_page()
