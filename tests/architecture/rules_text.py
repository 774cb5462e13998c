"""Rules about templates and words: no inline script or style, every word through the catalogue, no machine's paths."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from html.parser import HTMLParser
from pathlib import PurePosixPath

from django.template.base import Lexer, TokenType

from tests.architecture.rule import Example, Rule, product, template
from tests.architecture.rules_python import constants

#: Where Chinese is content, not interface, and why. A single file may also say so itself: `# Chinese text: why`.
CONTENT = {
    "portal/settings/*": "the association's own name",
    "portal/demo/**": "the invented association and its members",
    "portal/style/**": "the style page shows both languages side by side",
    "portal/management/commands/demo_*": "names of the invented people",
    "cms/content.py": "first content of the public site",
    "cms/setup.py": "titles of the first pages, in both languages",
    "portal/days.py": "how a day is written in each language",
    "portal/frames.py": "name, address and record numbers of the association",
    "portal/templatetags/hq.py": "a language is named in itself",
    "portal/templates/drawings/*": "signs in the drawings",
    "committees/energy/forms.py": "the official forms, in both languages",
    "committees/energy/filings.py": "names of the figures, in both languages",
    "committees/energy/figures.py": "units per person",
    "committees/filings/numbers.py": "the pattern of a paper's number",
    "committees/filings/slugs.py": "the pattern of a paper's number, and its form in an address",
    "committees/filings/sheets.py": "numerals of the sheets of an official form",
    "committees/filings/school/workbook.py": "the words printed into a workbook, in both languages",
    "committees/energy/layouts.py": "names of the groups, in both languages",
    "committees/energy/recipes.py": "units per person",
    "committees/workbooks/number*.py": "how people type numbers",
    "committees/workbooks/units.py": "how people write units",
    "committees/workbooks/templates.py": "the words printed into a workbook, in both languages",
    "committees/workbooks/writer.py": "the name of a typeface",
}
#: Signs of the field that an English sentence about Chinese figures must name.
SIGNS = re.compile("[万亿萬億]")
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
        tag = plain[plain.rfind("<", 0, found.start() + 1) :]
        if tag.startswith("<c-") and "style" in found[0]:
            continue  # an argument of a component that happens to be called so
        yield _line(plain, found.start()), found[0].strip()[:40]


NO_INLINE = Rule(
    "no-inline", "the content policy runs no inline script or style: use a file, a class or a data attribute",
    lambda path: template(path) and not {"emails", "mails", "style"} & set(path.parts), _inline,
    good=(
        Example("cms/templates/cms/a.html", '<script src="{% static "x.js" %}" defer></script><p class="wide" data-on="1">'),
        Example("cms/templates/cms/a.html", '<script type="application/json">{}</script>'),
        Example("portal/templates/emails/base.html", '<p style="margin:0">'),
        Example("portal/templates/cotton/hq/event.html", '<c-vars state="ok" style="moment" />'),
    ),
    bad=(
        Example("cms/templates/cms/a.html", "<script>go()</script>"),
        Example("cms/templates/cms/a.html", '<p style="color:red">'),
        Example("cms/templates/cms/a.html", '<a onclick="go()">'),
        Example("cms/templates/cms/a.html", "<style>p{}</style>"),
    ),
)  # fmt: skip


def _untrimmed(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    text = without_comments(text)
    for found in re.finditer(r"\{%\s*(blocktranslate|blocktrans)\b(.*?)%\}", text):
        message = re.split(r"\{%\s*(?:end|plural)", text[found.end() :], maxsplit=1)[0]
        if "trimmed" not in found[2].split() and "\n" in message:
            yield _line(text, found.start()), found[0]


TRIMMED = Rule(
    "trimmed", "{% blocktranslate trimmed %} where a message has several lines: it is a sentence, not the template's layout",
    template, _untrimmed,
    good=(
        Example("cms/templates/cms/a.html", "{% blocktranslate trimmed with a=b %}\nx {{ a }}\n{% endblocktranslate %}"),
        Example("cms/templates/cms/a.html", "{% blocktranslate %}x{% endblocktranslate %}\n"),
    ),
    bad=(
        Example("cms/templates/cms/a.html", "{% blocktranslate %}\nx{% endblocktranslate %}"),
        Example("cms/templates/cms/a.html", "{% blocktrans with a=b %}x\n{% plural %}y{% endblocktrans %}"),
    ),
)  # fmt: skip


def _han_in_python(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    if _DECLARED.search(text):
        return
    for node in constants(text):
        if HAN.search(SIGNS.sub("", str(node.value))):
            yield node.lineno, str(node.value)[:30]


def _shows(path: PurePosixPath) -> bool:
    """A file whose Chinese is content."""
    return any(fnmatch(path.as_posix(), pattern.replace("**", "*")) for pattern in CONTENT)


def _speaks(path: PurePosixPath) -> bool:
    return product(path) and not _shows(path)


NO_HAN_IN_PYTHON = Rule(
    "words-in-catalogues",
    "the interface's words are English in the sources and Chinese in the catalogue; where Chinese is content, say so "
    "in a comment: `# Chinese text: why`",
    _speaks, _han_in_python,
    good=(
        Example("cms/views.py", '"""能源公报."""\ntitle = _("Energy bulletin")\n'),
        Example("committees/canteens/forms.py", '# Chinese text: the words of the official form\nname = "水"\n'),
        Example("cms/views.py", 'hint = _("Write 万 behind it")\n'),
        Example("portal/demo/schools.py", 'name = "海津大学"\n'),
    ),
    bad=(Example("cms/views.py", '"""News."""\ntitle = "能源公报"\n'),),
)  # fmt: skip


def _han_in_template(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    if _DECLARED.search(text):
        return
    for number, line in enumerate(SIGNS.sub(" ", without_comments(text)).splitlines(), 1):
        if found := HAN.search(line):
            yield number, line[found.start() : found.start() + 30]


NO_HAN_IN_TEMPLATES = Rule(
    "words-in-catalogues-html",
    "{% translate %} an English sentence; where Chinese is content (a picture's sign), say so: {# Chinese text: why #}",
    lambda path: template(path) and not _shows(path), _han_in_template,
    good=(
        Example("cms/templates/cms/a.html", "{# 公报 #}<h1>{% translate 'Bulletin' %}</h1>"),
        Example("portal/templates/drawings/gate.html", "<text>后勤</text>"),
        Example("cms/templates/cms/a.html", "{# Chinese text: the sign over the gate #}<text>后勤</text>"),
    ),
    bad=(Example("cms/templates/cms/a.html", "<h1>公报</h1>"),),
)  # fmt: skip

#: Words that are the same in both languages: signs of formats, units, names.
_SAME = {
    "rss", "atom", "csv", "xlsx", "pdf", "json", "sha", "id", "htmx", "english", "kwh", "mwh", "gj", "tce", "kgce", "url", "http",
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
        # Names of files are the same in every language. What a child template puts inside a tag of its frame (class="…", names of classes) is no text.
        inside = re.match(r"""\s*[\w:-]+=["']""", data) or re.fullmatch(r"\s*(?:[·—-]?\s*hq-[\w-]+\s*)+", data)
        if not self.silent and not inside and _foreign_words(data):
            self.found.append((self.getpos()[0], " ".join(data.split())[:40]))


def _foreign_words(text: str) -> list[str]:
    plain = re.sub(r"&\w+;|\b[\w-]+\.(?:json|py|csv|xlsx|pdf)\b", " ", text)
    return [word for word in re.findall(r"[A-Za-z]{2,}", plain) if word.lower() not in _SAME]


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
    lambda path: template(path) and path.suffix == ".html" and not _shows(path), _unwrapped,
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

_MACHINE = re.compile(r"(?<![\w.~/}])/(?:work|root|home|Users|mnt)/[\w.]")
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
