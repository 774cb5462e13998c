"""Bytes of an export as text: the encodings that Chinese sites wrote, and nothing guessed."""

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]{1,40})["']""")
#: What no text holds: control characters that XML forbids too.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def decoded(content: bytes) -> str | None:
    """The text, as its mark, its declaration or the bytes themselves say: UTF-8, UTF-16 or GB 18030; else None.

    A file that says GBK and holds UTF-8 (or the other way about) is read as what it holds. Control characters go.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return _tried(content[len(mark) :], name)
    declared = _DECLARED.match(content.lstrip()[:300])
    names = ["utf-8", "gb18030"]
    if declared and (name := _known(declared.group(1).decode("ascii"))):
        names.append(name)
    return next((text for name in names if (text := _tried(content, name)) is not None), None)


def _tried(content: bytes, name: str) -> str | None:
    try:
        return _CONTROLS.sub("", content.decode(name))
    except (UnicodeDecodeError, LookupError):
        return None


def _known(name: str) -> str:
    """The name of a text encoding that Python has; empty where it has none (or means something else by it)."""
    try:
        found = codecs.lookup(name)
    except LookupError:
        return ""
    return found.name if getattr(found, "_is_text_encoding", True) else ""
