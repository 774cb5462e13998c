"""The newsroom speaks Chinese: every screen an editor reaches, looked through for words that nobody translated."""

import re
from html import unescape
from html.parser import HTMLParser
from zoneinfo import available_timezones

import pytest
from django.urls import Resolver404, resolve

from cms.models import NewsIndexPage, SiteDocument
from tests.cms.conftest import make_picture
from tests.cms.newsroom import give_duty, waiting_page
from tests.ground.cast import read_cast
from tests.ground.clients import association_client as client_for

pytestmark = pytest.mark.requirement("S9-45")
#: Words that stay as they are: names of things, formats, keys, units. Every one is looked at when it is added.
ALLOWED = frozenset(
    """
    Word WordPress WPS zip csv xml docx CSV XLSX HTML PDF MP4 WebM WebVTT JPEG JPG PNG WEBP AVIF HEIC GIF SVG GBK UTF
    Wagtail Cookie import_articles Ctrl Cmd Shift Alt Enter Tab Esc URL SEO slug ICP px KB
    MB GB http https www com API Atom RSS pinyin
    """.split()
)
#: What Wagtail writes into its templates without asking for a translation, or leaves empty.
UNASKED = frozenset({"Actions", "Search", "None"})
_ZONES = available_timezones()
_KIND = re.compile(r"cms\.\w+page")
_WORD = re.compile(r"[A-Za-z][A-Za-z_-]{2,}")
_SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-w-tooltip-content-value", "data-label")
_SKIPPED = {"script", "style", "svg", "code", "pre"}


class Words(HTMLParser):
    """Texts of a page that a person reads or hears."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.inside = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in _SKIPPED:
            self.inside.append(tag)
        self.found += [given[name] for name in _SPOKEN if given.get(name)]
        if tag == "input" and given.get("type") in {"submit", "button", "reset"}:
            self.found.append(given.get("value") or "")

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.found.append(data)


def latin_in(html, own):
    """Runs of Latin words, those of the test's own content left out."""
    reader = Words()
    reader.feed(html)
    texts = {" ".join(text.split()) for text in reader.found} - UNASKED - _ZONES - {"localtime", "Factory"}
    return {text for text in texts if set(_WORD.findall(_KIND.sub("", text))) - ALLOWED - own}


@pytest.fixture(scope="module")
def newsroom(module_database):
    """A newsroom with something on every screen, and the words that are its content."""
    cast = read_cast()
    give_duty(cast["correspondent"])
    page = waiting_page(cast)
    picture = make_picture()
    document = SiteDocument.objects.create(title="附件", file="documents/a.pdf", file_size=1)
    # Our own English pages and their address parts, the language's own name, files.
    names = "Home News Notices English Haijin Association University Logistics stove png documents pdf example test home news"
    own = {cast[key].account for key in cast} | set(names.split())
    return page, picture, document, own


def starts(page, picture, document):
    index = NewsIndexPage.objects.first()
    return [
        "/cms/", f"/cms/pages/{index.pk}/", f"/cms/pages/{page.pk}/edit/", f"/cms/pages/{page.pk}/history/",
        f"/cms/pages/{page.pk}/usage/", f"/cms/pages/{page.pk}/copy/", f"/cms/pages/{page.pk}/delete/",
        f"/cms/pages/{page.pk}/move/", f"/cms/review/{page.pk}/", f"/cms/words/{page.pk}/", f"/cms/images/{picture.pk}/",
        f"/cms/images/{picture.pk}/delete/", f"/cms/documents/edit/{document.pk}/", f"/cms/documents/delete/{document.pk}/",
        "/cms/images/", "/cms/images/add/", "/cms/images/multiple/add/", "/cms/documents/", "/cms/documents/multiple/add/",
        "/cms/reports/workflow/", "/cms/reports/workflow_tasks/", "/cms/reports/locked/", "/cms/reports/site-history/",
        "/cms/reports/aging-pages/", "/cms/account/", "/cms/pages/search/?q=x", "/cms/imports/", "/cms/word/",
        "/cms/take-downs/", "/cms/views/", "/cms/choose-page/", "/cms/choose-external-link/", "/cms/images/chooser/",
        "/cms/documents/chooser/",
    ]  # fmt: skip


def kind_of(address):
    """One address of each view is enough: its name, and what it is about."""
    try:
        found = resolve(address.partition("?")[0])
    except Resolver404:
        return address
    kinds = {
        name: value
        for name, value in found.kwargs.items()
        if name in {"content_type_model_name", "content_type_app_name"}
    }
    return f"{found.view_name} {kinds}"


def screens(client, begin, most=260):
    """The answers of all screens reached by links, one of each kind."""
    waiting, seen, kinds = list(begin), {}, set()
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if (kind := kind_of(address)) in kinds:
            continue
        kinds.add(kind)
        answer = client.get(address)
        if answer.status_code != 200 or answer.streaming:
            continue
        text = answer.content.decode()
        if "json" in answer.headers["Content-Type"]:
            text = unescape(answer.json().get("html", "") if isinstance(answer.json(), dict) else "")
        seen[address] = text
        waiting += sorted({unescape(link).split("#")[0] for link in re.findall(r'href="(/cms/[^"]*)"', text)})
    return seen


@pytest.mark.parametrize("key", ["editor", "secretary", "officer", "correspondent"])
def test_no_screen_speaks_english(newsroom, key):
    page, picture, document, own = newsroom
    seen = screens(client_for(read_cast()[key]), starts(page, picture, document))
    assert len(seen) > 30
    found = {}
    for address, html in seen.items():
        for text in latin_in(html, own):
            found.setdefault(text, address)
    assert found == {}, "\n".join(f"{address}: {text[:150]}" for text, address in sorted(found.items()))


def test_the_look_finds_what_is_english():
    html = (
        "<p>存</p><i title='Delete page'>删</i><script>var English = 1</script><input type=submit value='Save draft'>"
    )
    assert latin_in(html, set()) == {"Delete page", "Save draft"}
