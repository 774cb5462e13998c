"""The demo's site for tests: laid down once a run (a database and its files), copied for each module that needs it."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ground import databases
from tests.ground.live import BASE_DOMAIN, Live, running

#: What stands in the site, and what lays it down.
TEXTS = databases.ROOT / "portal" / "demo" / "site"
_MAKERS = ("cms/**/*.py", "search/**/*.py", "portal/settings/*.py", "portal/demo/cast.py", "tests/ground/fill_site.py")
_KEPT = databases.ROOT / ".data" / "test-sites"
KEPT_FOLDERS = 3


@dataclass(frozen=True)
class SiteTemplate:
    """A database that holds the demo's pages, and the folder with their files."""

    name: str
    folder: Path

    @property
    def made(self) -> int:
        """How many pages the filling made."""
        return int((self.folder / "made").read_text())

    def lay_files(self, media: Path) -> None:
        """Put pictures and documents where a portal on a copy of the database looks for them."""
        shutil.copytree(self.folder / "media", media, dirs_exist_ok=True)


def site_template() -> SiteTemplate:
    """The filled template: built by the first worker that asks, under a hash of texts, makers and day; others wait."""
    template = databases.template_database()
    name = f"hq_site_{_hash(template)}"
    found = SiteTemplate(name, _KEPT / name)
    command = ("-m", "tests.ground.fill_site", str(found.folder))
    databases.make_once(name, template, command, (found.folder / "made").exists, DATA_DIR=str(found.folder))
    _forget_old_folders(name)
    return found


@contextmanager
def running_site(template: SiteTemplate, database: str, folder: Path) -> Iterator[Live]:
    """The portal on a copy of the site, with its files in `folder`."""
    from wagtail.models import Site

    template.lay_files(folder / "media")
    with running(database, folder) as live:
        # As `seed_site` does at every start: Wagtail's own screens read the row.
        Site.objects.filter(is_default_site=True).update(hostname=BASE_DOMAIN, port=live.port)
        yield live


def _hash(template: str) -> str:
    from django.utils import timezone

    # Some texts name their day from today.
    digest = hashlib.sha256(f"{template} {timezone.localdate()}".encode())
    makers = (path for pattern in _MAKERS for path in databases.ROOT.glob(pattern))
    for path in sorted({*makers, *(path for path in TEXTS.rglob("*") if path.is_file())}):
        digest.update(f"{path.relative_to(databases.ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _forget_old_folders(used: str) -> None:
    folders = sorted((path for path in _KEPT.iterdir() if path.name != used), key=lambda path: path.stat().st_mtime)
    for path in folders[:-KEPT_FOLDERS]:
        shutil.rmtree(path, ignore_errors=True)
