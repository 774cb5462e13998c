"""A .po file as entries, and back: sorted, without line numbers, so that a change shows as what it is."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

Key = tuple[str | None, str]
HEADER = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: houqin\\n"\n"Language: zh_Hans\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=1; plural=0;\\n"\n'
)
_KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+(".*")$')


@dataclass(frozen=True)
class Entry:
    """One message: `strings` has one translation, or one per plural form (Chinese has one)."""

    msgid: str
    strings: tuple[str, ...] = ()
    plural: str | None = None
    context: str | None = None
    fuzzy: bool = False
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def key(self) -> Key:
        """What a translation is looked up by."""
        return self.context, self.msgid

    @property
    def is_translated(self) -> bool:
        """True when every form has words and nobody marked them as a guess."""
        return bool(self.strings) and all(self.strings) and not self.fuzzy


class Unreadable(ValueError):
    """A .po file that cannot be read; the text names file, line and what stands there."""


def read(path: Path) -> list[Entry]:
    """The entries of a file without its header; obsolete ones (#~) are left out. Raises Unreadable."""
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
    entries = [entry for block in blocks for entry in _entries(block, path)]
    return [entry for entry in entries if entry.msgid]


def _entries(block: str, path: Path) -> Iterator[Entry]:
    """The entries of a block; hand-written parts may leave the empty line between two out."""
    fields: dict[str, str] = {}
    notes: list[str] = []
    fuzzy, current = False, ""
    for line in block.splitlines():
        text = line.strip()
        if text.startswith(("#", "msgctxt", "msgid ")) and "msgstr" in _kinds(fields):
            yield _entry(fields, notes, fuzzy=fuzzy)
            fields, notes, fuzzy = {}, [], False
        if text.startswith("#"):
            fuzzy = fuzzy or (text.startswith("#,") and "fuzzy" in text)
            if text.startswith("# "):
                notes.append(text[2:])
        elif found := _KEYWORD.match(text):
            current = found[1]
            fields[current] = _unquoted(found[2], path)
        elif text.startswith('"') and current:
            fields[current] += _unquoted(text, path)
        elif text:
            raise Unreadable(f"{path}: {text}")
    if "msgid" in fields:
        yield _entry(fields, notes, fuzzy=fuzzy)


def _kinds(fields: dict[str, str]) -> set[str]:
    return {name.partition("[")[0] for name in fields}


def _entry(fields: dict[str, str], notes: list[str], *, fuzzy: bool) -> Entry:
    strings = tuple(fields[name] for name in sorted(fields) if name.startswith("msgstr"))
    return Entry(fields["msgid"], strings, fields.get("msgid_plural"), fields.get("msgctxt"), fuzzy, tuple(notes))


def _unquoted(text: str, path: Path) -> str:
    try:
        found = ast.literal_eval(text)
    except (SyntaxError, ValueError) as error:
        raise Unreadable(f"{path}: {text}") from error
    return str(found)


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Write a file whole: header, then entries in order of their msgid."""
    ordered = sorted(entries, key=lambda entry: (entry.msgid.lower(), entry.msgid, entry.context or ""))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER, *(_text(entry) for entry in ordered)]), encoding="utf-8")


def _text(entry: Entry) -> str:
    lines = [f"# {note}" for note in entry.notes]
    lines += ["#, fuzzy"] if entry.fuzzy else []
    lines += [f"msgctxt {_quoted(entry.context)}"] if entry.context is not None else []
    lines.append(f"msgid {_quoted(entry.msgid)}")
    if entry.plural is None:
        lines.append(f"msgstr {_quoted(entry.strings[0] if entry.strings else '')}")
    else:
        lines.append(f"msgid_plural {_quoted(entry.plural)}")
        lines += [f"msgstr[{number}] {_quoted(text)}" for number, text in enumerate(entry.strings or ("",))]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    parts = re.findall(r".*?(?:\\n|$)", escaped) if "\\n" in escaped.rstrip("\\n") else [escaped]
    return "\n".join(f'"{part}"' for part in ["", *filter(None, parts)]) if len(parts) > 1 else f'"{parts[0]}"'


def merged(found: Iterable[Entry], *translated: Iterable[Entry]) -> list[Entry]:
    """The messages that were found, with the first translation that one of the catalogues has."""
    words: dict[Key, Entry] = {}
    for catalogue in translated:
        for entry in catalogue:
            if any(entry.strings):
                words.setdefault(entry.key, entry)
    return [_with(entry, words.get(entry.key)) for entry in found]


def _with(entry: Entry, known: Entry | None) -> Entry:
    if known is None:
        return replace(entry, strings=("",))
    return replace(entry, strings=known.strings, fuzzy=known.fuzzy, notes=known.notes)
