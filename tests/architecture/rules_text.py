"""Rules about templates and words: no inline script or style, every word through the catalogue, no machine's paths."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import PurePosixPath

from django.template.base import Lexer, TokenType

from tests.architecture.rule import Example, Rule, product, template
from tests.architecture.rules_python import constants

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_DECLARED = re.compile(r"Chinese text: \S")
_COMMENT = re.compile(
    r"\{#.*?#\}|\{% comment .*?%\}.*?\{% endcomment %\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL
)


def without_comments(text: str) -> str:
    """The template with its comments blanked, lines kept."""
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


_INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(?:ld\+)?json)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']"
    r"|javascript:|hx-on[:-]",
    re.IGNORECASE,
)


def _inline(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    plain = without_comments(text)
    for found in _INLINE.finditer(plain):
        yield _line(plain, found.start()), found[0].strip()[:40]


NO_INLINE = Rule(
    "no-inline", "the content policy runs no inline script or style: use a file, a class or a data attribute",
    lambda path: template(path) and "emails" not in path.parts, _inline,
    good=(
        Example("cms/templates/cms/a.html", '<script src="{% static "x.js" %}" defer></script><p class="wide" data-on="1">'),
        Example("cms/templates/cms/a.html", '<script type="application/json">{}</script>'),
        Example("portal/templates/emails/base.html", '<p style="margin:0">'),
    ),
    bad=(
        Example("cms/templates/cms/a.html", "<script>go()</script>"),
        Example("cms/templates/cms/a.html", '<p style="color:red">'),
        Example("cms/templates/cms/a.html", '<a onclick="go()">'),
        Example("cms/templates/cms/a.html", "<style>p{}</style>"),
    ),
)  # fmt: skip


def _untrimmed(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    for found in re.finditer(r"\{%\s*(blocktranslate|blocktrans)\b(.*?)%\}", without_comments(text)):
        if "trimmed" not in found[2].split():
            yield _line(text, found.start()), found[0]


TRIMMED = Rule(
    "trimmed", "{% blocktranslate trimmed %}: the message is a sentence, not the template's layout",
    template, _untrimmed,
    good=(Example("cms/templates/cms/a.html", "{% blocktranslate trimmed with a=b %}x {{ a }}{% endblocktranslate %}"),),
    bad=(
        Example("cms/templates/cms/a.html", "{% blocktranslate %}x{% endblocktranslate %}"),
        Example("cms/templates/cms/a.html", "{% blocktrans with a=b %}x{% endblocktrans %}"),
    ),
)  # fmt: skip


def _han_in_python(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    if _DECLARED.search(text):
        return
    for node in constants(text):
        if HAN.search(str(node.value)):
            yield node.lineno, str(node.value)[:30]


def _speaks(path: PurePosixPath) -> bool:
    return product(path) and "demo" not in path.parts and path.parts[:2] != ("portal", "settings")


NO_HAN_IN_PYTHON = Rule(
    "words-in-catalogues",
    "the interface's words are English in the sources and Chinese in the catalogue; where Chinese is content, say so "
    "in a comment: `# Chinese text: why`",
    _speaks, _han_in_python,
    good=(
        Example("cms/views.py", '"""能源公报."""\ntitle = _("Energy bulletin")\n'),
        Example("committees/energy/forms.py", '# Chinese text: the words of the official form\nname = "水"\n'),
        Example("portal/demo/schools.py", 'name = "海津大学"\n'),
    ),
    bad=(Example("cms/views.py", '"""News."""\ntitle = "能源公报"\n'),),
)  # fmt: skip


def _han_in_template(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    if _DECLARED.search(text):
        return
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        if found := HAN.search(line):
            yield number, line[found.start() : found.start() + 30]


NO_HAN_IN_TEMPLATES = Rule(
    "words-in-catalogues-html",
    "{% translate %} an English sentence; where Chinese is content (a picture's sign), say so: {# Chinese text: why #}",
    lambda path: template(path) and "demo" not in path.parts, _han_in_template,
    good=(
        Example("cms/templates/cms/a.html", "{# 公报 #}<h1>{% translate 'Bulletin' %}</h1>"),
        Example("portal/templates/drawings/gate.html", "{# Chinese text: the sign over the gate #}<text>后勤</text>"),
    ),
    bad=(Example("cms/templates/cms/a.html", "<h1>公报</h1>"),),
)  # fmt: skip

#: Words that are the same in both languages: signs of formats, units, names.
_SAME = {
    "rss", "csv", "xlsx", "pdf", "json", "sha", "id", "htmx", "english", "kwh", "mwh", "gj", "tce", "kgce", "url", "http",
    "https", "ok", "python", "py", "axe", "px",
}  # fmt: skip
_SPOKEN = {
    "title",
    "alt",
    "aria-label",
    "aria-description",
    "placeholder",
    "label",
    "heading",
    "caption",
    "hint",
    "summary",
}
_SILENT = {"script", "style", "code", "pre", "kbd", "samp"}


class _Words(HTMLParser):
    """Collects the words a reader would see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in _SILENT
        for name, value in attrs:
            if name in _SPOKEN and _foreign_words(value or ""):
                self.found.append((self.getpos()[0], f'{name}="{value}"'))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.silent -= tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in _SILENT and self.silent > 0

    def handle_data(self, data: str) -> None:
        if not self.silent and _foreign_words(data):
            self.found.append((self.getpos()[0], " ".join(data.split())[:40]))


def _foreign_words(text: str) -> list[str]:
    return [word for word in re.findall(r"[A-Za-z]{2,}", re.sub(r"&\w+;", " ", text)) if word.lower() not in _SAME]


def _spoken(text: str) -> str:
    """The template's own text: tags and variables out, what stands in blocktranslate out, lines kept."""
    parts, inside = [], False
    for token in Lexer(without_comments(text)).tokenize():
        word = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents.split() else ""
        if word in {"blocktranslate", "blocktrans"}:
            inside = True
        if token.token_type == TokenType.TEXT and not inside:
            parts.append(token.contents)
        else:
            parts.append("\n" * token.contents.count("\n"))
        if word in {"endblocktranslate", "endblocktrans"}:
            inside = False
    return "".join(parts)


def _unwrapped(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    reader = _Words()
    reader.feed(_spoken(text))
    reader.close()
    yield from reader.found


UNWRAPPED = Rule(
    "unwrapped", "every word of a page goes through {% translate %}",
    lambda path: template(path) and path.suffix == ".html" and "demo" not in path.parts, _unwrapped,
    good=(
        Example("cms/templates/cms/a.html", "<a title='{% translate 'News' %}'>{% translate 'News' %} RSS 12 m²</a>"),
        Example("cms/templates/cms/a.html", "{% blocktranslate trimmed %}Some words{% endblocktranslate %}<code>make</code>"),
        Example("cms/templates/cms/a.html", "{% extends 'base.html' %}<p class='some words'>{{ name }}</p>"),
    ),
    bad=(
        Example("cms/templates/cms/a.html", "<h1>News</h1>"),
        Example("cms/templates/cms/a.html", '<img alt="a gate">'),
    ),
)  # fmt: skip

_MACHINE = re.compile(r"(?<![\w.~/}])/(?:work|root|home|Users|mnt)/[\w.]|\b[A-Z]:\\\\?Users\b")
_TEXTS = {
    ".py",
    ".html",
    ".md",
    ".toml",
    ".yml",
    ".yaml",
    ".sh",
    ".css",
    ".js",
    ".txt",
    ".cfg",
    ".in",
    ".po",
    ".csv",
    "",
}


def _machine_paths(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    for found in _MACHINE.finditer(text):
        yield _line(text, found.start()), text[found.start() : found.start() + 30].split(maxsplit=1)[0]


NO_MACHINE_PATHS = Rule(
    "no-machine-paths", "the project knows no machine: paths come from the clone or the settings",
    lambda path: path.suffix in _TEXTS and "vendor" not in path.parts and path.name != "rules_text.py", _machine_paths,
    good=(Example("deploy/a.py", 'ROOT = Path("/var/lib/houqin")\n'), Example("README.md", "http://x/home/page\n")),
    bad=(Example("deploy/a.py", 'ROOT = Path("/home/someone/x")\n'), Example("docs/a.md", "see /root/x\n")),
)  # fmt: skip

RULES = (NO_INLINE, TRIMMED, NO_HAN_IN_PYTHON, NO_HAN_IN_TEMPLATES, UNWRAPPED, NO_MACHINE_PATHS)
