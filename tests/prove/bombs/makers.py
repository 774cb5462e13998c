"""Makers of hostile workbooks. None is kept in the repository: each is made when it is tried."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from tests.committees.workbooks.workbook_samples import build, repack

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_NAMESPACE}">'.encode()


def with_part(name: str, content: bytes) -> bytes:
    """The sample workbook with one part replaced."""
    return repack(build(), lambda parts: parts.update({name: content}))


def sheet(rows: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """The sample workbook whose first sheet holds these rows."""
    return with_part(SHEET, _HEAD + before + b"<sheetData>" + rows + b"</sheetData>" + after + b"</worksheet>")


def million_rows_from_one_cell() -> bytes:
    """A few KB; whoever fills the gaps has 1,048,576 rows."""
    return sheet(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>')


def endless_cells() -> bytes:
    """Some 200 KB; a million and a half rows of one cell."""
    return sheet(b"<row><c><v>1</v></c></row>" * 1_500_000)


def varied_cells() -> bytes:
    """The same, packed so badly that the ratio says nothing: 2 million empty cells with numbers of their own."""
    cells = (f'<c s="{number * 7919 % 9973}"/>' for number in range(2_000_000))
    return sheet(b"<row>" + "".join(cells).encode() + b"</row>")


def shared_strings(count: int, text: str = "s") -> bytes:
    """So many shared strings, each different, none used."""
    items = "".join(f"<si><t>{text}{number}</t></si>" for number in range(count))
    return with_part(STRINGS, f'<?xml version="1.0"?><sst xmlns="{_NAMESPACE}">{items}</sst>'.encode())


def merged(count: int) -> bytes:
    """So many merged ranges."""
    ranges = "".join(f'<mergeCell ref="A{number}:B{number}"/>' for number in range(1, count + 1))
    return sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>', after=f"<mergeCells>{ranges}</mergeCells>".encode())


def many_sheets(count: int) -> bytes:
    """So many sheets, all of one part."""

    def change(parts):
        text = parts["xl/workbook.xml"].decode()
        more = "".join(f'<sheet name="s{n}" sheetId="{n + 50}" r:id="rId1"/>' for n in range(count))
        parts["xl/workbook.xml"] = text.replace("</sheets>", f"{more}</sheets>").encode()

    return repack(build(), change)


def entity_bomb(part: str = SHEET) -> bytes:
    """Nine levels of ten."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{levels}]><x>&a9;</x>'
    return with_part(part, text.encode())


def outside_entity(part: str = STRINGS) -> bytes:
    """An entity that would read a file."""
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'
    return with_part(part, text.encode())


def deep_zip(levels: int = 30) -> bytes:
    """A zip in a zip in a zip."""
    content = b"x" * 1000
    for level in range(levels):
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            archive.writestr(f"{level}.xlsx", content)
        content = out.getvalue()
    return content


def lying(part: str = STRINGS, size: int = 1_000_000_000, told: int = 5_000) -> bytes:
    """A part that unpacks to 1 GB; directory, local header and checksum speak of its first 5 KB."""
    start = f'<?xml version="1.0"?><sst xmlns="{_NAMESPACE}"><si><t>'.encode().ljust(told, b" ")
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    pieces = [packer.compress(start)]
    block = b" " * 10_000_000
    pieces += [packer.compress(block) for _ in range(size // len(block))]
    packed = b"".join([*pieces, packer.flush()])
    with ZipFile(BytesIO(build())) as archive:
        others = {name: archive.read(name) for name in archive.namelist() if name != part}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in others.items():
            archive.writestr(name, content)
        archive.writestr(part, start)
    return _swap(out.getvalue(), part, packed)


def _swap(content: bytes, part: str, packed: bytes) -> bytes:
    """Put other packed data behind the last entry, with its directory as it was but for the packed size."""
    with ZipFile(BytesIO(content)) as archive:
        info = archive.getinfo(part)
    name = part.encode()
    begin = info.header_offset + 30 + len(name)
    local = bytearray(content[info.header_offset : begin])
    local[18:22] = struct.pack("<I", len(packed))
    directory = bytearray(content[begin + info.compress_size :])
    at = directory.index(b"PK\x01\x02", directory.rindex(name) - 46)
    directory[at + 20 : at + 24] = struct.pack("<I", len(packed))
    end = directory.rindex(b"PK\x05\x06")
    directory[end + 16 : end + 20] = struct.pack("<I", begin + len(packed))
    return content[: info.header_offset] + bytes(local) + packed + bytes(directory)


def twice(part: str = SHEET) -> bytes:
    """One name, two parts: readers differ in which they take."""
    import warnings

    out = BytesIO(build())
    with warnings.catch_warnings(), ZipFile(out, "a", ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        archive.writestr(part, b"<worksheet/>")
    return out.getvalue()


def folded(entries: int = 900) -> bytes:
    """Many entries that all point to the same megabytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/0.bin", bytes(range(256)) * 4_000)
    content = out.getvalue()
    at = content.index(b"PK\x01\x02")
    entry = content[at : content.index(b"PK\x05\x06")]
    names = [b"xl/media/%03d.bin"[:8] + b"/%d.bin" % (number % 10) for number in range(entries)]
    directory = b"".join(entry.replace(b"xl/media/0.bin", name.ljust(14, b"x")[:14]) for name in names)
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, entries, entries, len(directory), at, 0)
    return content[:at] + directory + tail


def many_entries(count: int) -> bytes:
    """A directory of so many entries of nothing."""
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * count
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), 0, 0)
    return b"PK\x03\x04" + directory + tail


def paths_in_names() -> bytes:
    """Parts whose names lead out of any folder."""

    def change(parts):
        for name in ("../../../../tmp/hq-out.txt", "/tmp/hq-out.txt", "..\\..\\hq-out.txt", "C:\\hq-out.txt"):
            parts[name] = b"out"

    return repack(build(), change)


def quine_like() -> bytes:
    """A stored archive that holds itself as far as an archive can: the first level is found again inside."""
    inner = build()
    for _ in range(5):
        out = BytesIO()
        with ZipFile(out, "w", ZIP_STORED) as archive:
            archive.writestr("again.xlsx", inner)
        inner = out.getvalue()
    return inner


def giant_attribute() -> bytes:
    """One attribute of 60 MB of noise."""
    noise = "".join(f"{number * 7919 % 99991:x}" for number in range(3_000_000))
    return sheet(f'<row r="1" x="{noise}"><c r="A1"><v>1</v></c></row>'.encode())


def deep_elements(levels: int = 400_000) -> bytes:
    """Elements in elements."""
    return sheet(b"", before="".join(f"<x{n % 977}>" for n in range(levels)).encode())
