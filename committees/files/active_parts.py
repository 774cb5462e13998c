"""What in an Office document acts by itself where it is opened: macros, objects, DDE, templates fetched from elsewhere."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

CHUNK = 256 * 1024
_ACTIVE_PARTS = ("oleobject", "activex")
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
_DDE = re.compile(r"\s*DDE(AUTO)?\b", re.IGNORECASE)
#: Fetched when the document is opened, without a question: from another machine they may bring a program with them.
_FETCHED = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument")
#: A template of the writer's own machine (file:///C:/…) is an everyday thing and leads nowhere here.
_ELSEWHERE = re.compile(
    r"\s*(?:(?:https?|ftp|mhtml|ms-\w+):|\\\\|//|file:/*\\\\|file://(?!/|localhost/))", re.IGNORECASE
)


def has_macros(archive: ZipFile) -> bool:
    """Whether a program of its own is in it."""
    names = [name.casefold() for name in archive.namelist()]
    if any(name.endswith(_MACRO_PARTS) for name in names):
        return True
    types = [name for name in archive.namelist() if name.casefold() == "[content_types].xml"]
    return any(_holds(archive, name, b"macroenabled") for name in types)


def has_active_parts(archive: ZipFile) -> bool:
    """Objects of other programs, DDE in cells and in texts, a template from another machine. The document goes on to
    others as it is, so nothing of the kind is taken. Raises ValueError for a part that is no XML."""
    return any(_is_active(archive, name) for name in archive.namelist())


def _is_active(archive: ZipFile, name: str) -> bool:
    plain = name.casefold()
    if plain.rpartition("/")[2].startswith(_ACTIVE_PARTS) or "/activex/" in f"/{plain}":
        return True
    if "externallinks/externallink" in plain and _holds(archive, name, b"ddelink"):
        return True
    if plain.startswith("word/") and plain.endswith(".xml"):
        # Names of elements cannot be written in another way, so most parts need no second look.
        return _holds(archive, name, b"instrtext", b"fldsimple") and _Fields().found_in(archive, name)
    return plain.endswith(".rels") and _Links().found_in(archive, name)


class _Reader:
    """Reads one part as XML; a document type, whose entities could hide words or explode, is refused."""

    def __init__(self) -> None:
        self.found = False

    def found_in(self, archive: ZipFile, name: str) -> bool:
        """Whether the part holds what this reader looks for. Raises ValueError."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        handlers: dict[str, Callable[..., None]] = {
            "StartElementHandler": self.start, "EndElementHandler": self.end, "CharacterDataHandler": self.text,
            "StartDoctypeDeclHandler": _refuse_doctype,
        }  # fmt: skip
        for handler, function in handlers.items():
            setattr(parser, handler, function)
        try:
            for piece in _pieces(archive, name):
                parser.Parse(piece)
                if self.found:
                    return True
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise ValueError(f"{name}: {error}") from error
        return self.found

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text inside an element."""


class _Fields(_Reader):
    """DDE in a text: in one piece, in pieces, or with a command that another field makes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.is_instruction = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        name, by_name = tag.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in given.items()}
        self.is_instruction = name == "instrText"
        if name == "fldSimple":
            self.found |= bool(_DDE.match(by_name.get("instr", "")))
        elif name == "fldChar":
            self._mark(by_name.get("fldCharType", ""))

    def end(self, tag: str) -> None:
        self.is_instruction = False

    def text(self, text: str) -> None:
        if self.is_instruction and self.open:
            self.open[-1] += text
            self.found |= bool(_DDE.match(self.open[-1]))

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            # Where the command should stand, another field begins: it is made, not written.
            self.found |= bool(self.open) and not self.open[-1].strip()
            self.open.append("")
        elif self.open and kind == "separate":
            self.open[-1] = "(what is shown)"
        elif self.open and kind == "end":
            self.open.pop()


class _Links(_Reader):
    """What is fetched from another machine as soon as the document is opened."""

    def start(self, tag: str, given: dict[str, str]) -> None:
        outside = given.get("TargetMode", "").casefold() == "external"
        if outside and given.get("Type", "").endswith(_FETCHED):
            self.found |= bool(_ELSEWHERE.match(given.get("Target", "")))


def _refuse_doctype(*_given: Any) -> None:
    raise ValueError("a document type")


def _holds(archive: ZipFile, name: str, *words: bytes) -> bool:
    """Whether one of the words (small letters) stands in a part."""
    left, longest = b"", max(map(len, words))
    for piece in _pieces(archive, name):
        text = left + piece.lower()
        if any(word in text for word in words):
            return True
        left = text[-longest:]
    return False


def _pieces(archive: ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as part:
        while piece := part.read(CHUNK):
            if b"\0" in piece:
                raise ValueError(f"{name} is not written in UTF-8")
            yield piece
