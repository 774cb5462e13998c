"""Templates: all compile, components say what they take, nothing needs an exception from the content policy."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string

PORTAL = Path(__file__).resolve().parents[2] / "portal"
TEMPLATES = PORTAL / "templates"
COMPONENTS = sorted((TEMPLATES / "cotton" / "hq").glob("*.html"))
ALL = sorted([*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt"), *(PORTAL / "style" / "templates").rglob("*.html")])
#: Mail programmes read no style sheet; these are never served as pages.
MAILS = ("emails/base.html", "emails/style_example.html")
_USED = re.compile(r"<c-hq\.([a-z-]+)")


def _named(path: Path) -> str:
    return str(path).split("templates/", 1)[1]


@pytest.mark.parametrize("path", ALL, ids=_named)
def test_a_template_compiles(path):
    get_template(_named(path))


@pytest.mark.parametrize("path", [path for path in ALL if _named(path) not in MAILS], ids=_named)
def test_no_template_needs_an_exception_from_the_content_policy(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert all("src=" in tag for tag in re.findall(r"<script\b[^>]*>", text))


@pytest.mark.parametrize("path", COMPONENTS, ids=_named)
def test_a_component_opens_with_its_parameters(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("{% comment %}")
    assert text.count("<c-vars") == 1


def test_every_component_is_shown_on_the_style_page():
    shown = set()
    for path in (PORTAL / "style" / "templates").rglob("*.html"):
        shown |= set(_USED.findall(path.read_text(encoding="utf-8")))
    inside = {name for path in COMPONENTS for name in _USED.findall(path.read_text(encoding="utf-8"))}
    missing = {path.stem.replace("_", "-") for path in COMPONENTS} - shown - inside
    assert missing <= {"pane"}, "the tag is shown instead"


def test_every_component_that_is_used_exists():
    known = {path.stem.replace("_", "-") for path in COMPONENTS}
    for path in ALL:
        assert set(_USED.findall(path.read_text(encoding="utf-8"))) <= known, path


def test_the_inline_sprite_stays_small():
    sprite = render_to_string("hq/sprite.html")
    assert len(sprite.encode()) < 12 * 1024
    assert set(re.findall(r'id="(w-[a-z]+)"', sprite)) == {f"w-{key}" for key in _windows()}


def _windows() -> set[str]:
    from portal.windows import WINDOWS

    return set(WINDOWS)


def test_every_icon_that_is_named_is_in_the_sprite():
    sprite = (PORTAL / "static" / "portal" / "icons" / "icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    named = set()
    for path in ALL:
        named |= set(re.findall(r'\{% icon "([^"]+)"', path.read_text(encoding="utf-8")))
    for path in (PORTAL / "style").rglob("*.py"):
        named |= set(re.findall(r'icon="([^"]+)"', path.read_text(encoding="utf-8")))
    assert named <= known


@pytest.mark.parametrize("code", [500, 503])
def test_an_error_page_stands_alone(code, django_assert_num_queries_none):
    page = render_to_string(f"errors/{code}.html")
    assert "海津市高等学校后勤协会" in page
    assert "portal/css/tokens" in page


@pytest.fixture
def django_assert_num_queries_none():
    """No database mark: pytest-django refuses every query in these tests."""


def test_a_mail_reads_as_text_and_as_page():
    for kind in ("txt", "html"):
        mail = render_to_string(f"emails/base.{kind}", {"name": "能源统计员", "href": "http://portal.test/desk/"})
        assert "http://portal.test/desk/" in mail
        assert "一室一牌，一事一灯" in mail
    assert render_to_string("emails/style_example.html", {"name": "<b>", "href": "/"}).count("<b>") == 0
