"""Finds the messages in our own Python and templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

from portal.translations.po import Entry, Key

ROOMS = ("portal", "cms", "committees", "search", "tenants")
#: Word of the code -> places of context, singular and plural among its arguments.
_WORDS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
_CALL = re.compile(r"(?<![\w.])(_|n?p?gettext(?:_lazy|_noop)?)\(")


def messages(root: Path) -> list[Entry]:
    """Every message once, in no order. A message that stands with and without plural counts with it."""
    found: dict[Key, Entry] = {}
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            for entry in _in_file(path):
                if entry.key not in found or entry.plural is not None:
                    found[entry.key] = entry
    return list(found.values())


def _in_file(path: Path) -> Iterator[Entry]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        yield from in_python(path.read_text(encoding="utf-8"))
    elif path.suffix in {".html", ".txt", ".xml"} and "templates" in path.parts:
        yield from in_template(path.read_text(encoding="utf-8"))


def in_python(text: str) -> Iterator[Entry]:
    """Messages of calls to gettext and its kin, also as `_`, `gettext_lazy` or a method of `translation`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            yield from _of_call(node)


def in_template(text: str) -> Iterator[Entry]:
    """Messages of translate, blocktranslate and _() in a template, as Django itself reads them."""
    code = templatize(text)
    for found in _CALL.finditer(code):
        call = _balanced(code, found.start())
        try:
            node = ast.parse(call, mode="eval").body
        except SyntaxError:
            continue
        if isinstance(node, ast.Call):
            yield from _of_call(node)


def _of_call(node: ast.Call) -> Iterator[Entry]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    word = "gettext" if name == "_" else re.sub(r"_(lazy|noop)$", "", name)
    if word not in _WORDS:
        return
    context, singular, plural = _WORDS[word]
    texts = [_text_of(argument) for argument in node.args]
    if len(texts) <= max(singular, plural or 0) or texts[singular] is None:
        return
    yield Entry(
        str(texts[singular]),
        plural=None if plural is None else texts[plural],
        context=None if context is None else texts[context],
    )


def _text_of(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _balanced(code: str, start: int) -> str:
    """The call that starts at `start`, to its closing bracket; knows quoted strings."""
    depth, quote, place = 0, "", code.index("(", start)
    while place < len(code):
        sign = code[place]
        if quote:
            if sign == "\\":
                place += 1
            elif sign == quote:
                quote = ""
        elif sign in "\"'":
            quote = sign
        else:
            depth += (sign == "(") - (sign == ")")
            if depth == 0:
                return code[start : place + 1]
        place += 1
    return ""
