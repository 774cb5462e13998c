"""What the cell reader cannot tell, read from the parts of a workbook themselves: errors, formulas never computed,
cells shown in percent, hidden rows. Runs in the child process; imports nothing of Django.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

CHUNK = 256 * 1024
PERCENT_FORMATS = frozenset({9, 10})
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_XML_ENDS = (".xml", ".rels", ".vml")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships id"


class ScanRefused(Exception):
    """The workbook must not be read. `code` is the id of a file rule."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(slots=True)
class SheetScan:
    """The marks of one sheet; all places are (row, column) from 0."""

    name: str
    state: str
    part: str
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncomputed: list[tuple[int, int]] = field(default_factory=list)
    percents: set[tuple[int, int]] = field(default_factory=set)
    cells: int = 0
    last_row: int = -1
    last_column: int = -1


def scan_package(archive: ZipFile, limits: dict[str, Any]) -> list[SheetScan]:
    """Scan every sheet of a package. Raises ScanRefused, or expat.ExpatError for what is no XML."""
    for name in archive.namelist():
        if name.casefold().endswith(_XML_ENDS):
            _refuse_declarations(archive, name)
    sheets = _list_sheets(archive)
    if len(sheets) > limits["sheets"]:
        raise ScanRefused("too_many_sheets", most=limits["sheets"])
    percents = _list_percent_styles(archive)
    left, elements = int(limits["unpacked"]), int(limits["elements"])
    for sheet in sheets:
        scanner = _SheetScanner(sheet, percents, limits, elements)
        left -= scanner.scan(archive, left)
        elements = scanner.elements_left
    if sum(sheet.cells for sheet in sheets) > limits["cells"]:
        raise ScanRefused("too_many_cells", most=limits["cells"])
    return sheets


def _parser(start: Callable[[str, dict[str, str]], None]) -> "expat.XMLParserType":
    """A parser that knows no entities and refuses a document type, where bombs and outside references are declared."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_args: object) -> None:
    raise ScanRefused("doctype")


class _RootSeen(Exception):
    pass


def _stop_at_root(_name: str, _attributes: dict[str, str]) -> None:
    raise _RootSeen


def _refuse_declarations(archive: ZipFile, name: str) -> None:
    """Read a part as far as its first element: a document type can only stand before it."""
    parser = _parser(_stop_at_root)
    try:
        with archive.open(name) as part:
            while chunk := part.read(4096):
                parser.Parse(chunk, False)
    except _RootSeen:
        return


def _read_part(archive: ZipFile, name: str, start: Callable[[str, dict[str, str]], None]) -> None:
    if name not in archive.namelist():
        return
    parser = _parser(start)
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _list_sheets(archive: ZipFile) -> list[SheetScan]:
    targets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            base = "" if target.startswith("/") else "xl/"
            targets[attributes.get("Id", "")] = posixpath.normpath(base + target.lstrip("/"))

    _read_part(archive, "xl/_rels/workbook.xml.rels", relation)
    sheets: list[SheetScan] = []

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            part = targets.get(attributes.get(_RELATION) or attributes.get(_STRICT_RELATION) or "", "")
            if part.startswith("xl/worksheets/") or "worksheet" in part.casefold():
                sheets.append(SheetScan(attributes.get("name", ""), attributes.get("state", "visible"), part))

    _read_part(archive, "xl/workbook.xml", sheet)
    return sheets


def _list_percent_styles(archive: ZipFile) -> frozenset[int]:
    """Numbers of the cell styles whose format shows a percent sign."""
    formats: set[int] = set(PERCENT_FORMATS)
    styles: list[int] = []
    inside: list[bool] = [False]

    def element(name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "numFmt" if "%" in attributes.get("formatCode", ""):
                formats.add(int(attributes.get("numFmtId", "-1")))
            case "cellXfs":
                inside[0] = True
            case "cellStyles" | "dxfs":
                inside[0] = False
            case "xf" if inside[0]:
                styles.append(int(attributes.get("numFmtId", "0")))

    _read_part(archive, "xl/styles.xml", element)
    return frozenset(number for number, used in enumerate(styles) if used in formats)


class _SheetScanner:
    """Walks one sheet once; positions that a writer leaves out are counted on."""

    def __init__(self, sheet: SheetScan, percents: frozenset[int], limits: dict[str, Any], elements_left: int) -> None:
        self.sheet, self.percents, self.limits, self.elements_left = sheet, percents, limits, elements_left
        self.row = self.column = -1
        self.row_is_hidden = self.row_has_value = False
        self.kind, self.style, self.has_formula, self.text = "", 0, False, ""
        self.in_value = False

    def scan(self, archive: ZipFile, left: int) -> int:
        """Returns the bytes that were unpacked; raises ScanRefused when they pass `left`."""
        if self.sheet.part not in archive.namelist():
            raise ScanRefused("broken_file")
        parser = _parser(self._start)
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        read = 0
        with archive.open(self.sheet.part) as part:
            while chunk := part.read(CHUNK):
                read += len(chunk)
                if read > left:
                    raise ScanRefused("bomb")
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
        return read

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements_left -= 1
        if self.elements_left < 0:  # empty cells, merged ranges, columns: nothing a form could hold so many of
            raise ScanRefused("too_many_cells", most=self.limits["cells"])
        match _local(name):
            case "c":
                self._start_cell(attributes)
            case "v" | "t":
                self.in_value = True
            case "f":
                self.has_formula = True
            case "row":
                self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
                self.column = -1
                self.row_is_hidden = attributes.get("hidden") in {"1", "true"}
                self.row_has_value = False
            case "col" if attributes.get("hidden") in {"1", "true"}:
                self.sheet.hidden_columns.append((int(attributes["min"]) - 1, int(attributes["max"]) - 1))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        self.column = _column_number(match[1]) if match else self.column + 1
        self.kind = attributes.get("t", "n")
        self.style = int(attributes.get("s", "0"))
        self.has_formula, self.text = False, ""

    def _characters(self, text: str) -> None:
        if self.in_value and len(self.text) < 40:
            self.text += text

    def _end(self, name: str) -> None:
        match _local(name):
            case "c":
                self._end_cell()
            case "v" | "t":
                self.in_value = False
            case "row" if self.row_is_hidden and self.row_has_value:
                self.sheet.hidden_rows.append(self.row)

    def _end_cell(self) -> None:
        sheet, place = self.sheet, (self.row, self.column)
        if not self.text and not self.has_formula:
            return
        self._count()
        if self.kind == "e":
            sheet.errors[place] = self.text or "#"
        elif not self.text and self.kind != "str":
            sheet.uncomputed.append(place)
        elif self.kind == "n" and self.style in self.percents:
            sheet.percents.add(place)

    def _count(self) -> None:
        sheet = self.sheet
        self.row_has_value = True
        sheet.cells += 1
        sheet.last_row, sheet.last_column = max(sheet.last_row, self.row), max(sheet.last_column, self.column)
        if sheet.last_row >= self.limits["rows"]:
            raise ScanRefused("too_many_rows", most=self.limits["rows"])
        if sheet.cells > self.limits["cells"]:
            raise ScanRefused("too_many_cells", most=self.limits["cells"])
        if (sheet.last_row + 1) * (sheet.last_column + 1) > self.limits["area"]:
            raise ScanRefused("too_wide")


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
