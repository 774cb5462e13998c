"""Files that are no workbook of ours: each refused by its own rule, quickly, without an exception."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from committees.workbooks.file_rules import FILE_RULES
from committees.workbooks.inspection import LIMITS, OLE_MARK, inspect_file
from committees.workbooks.reader import read_workbook
from committees.workbooks.reference import RULE_GROUPS
from committees.workbooks.rulebook import index_rules
from tests.committees.workbooks.workbook_samples import LAYOUT, build, repack, spoil

SHEET = "xl/worksheets/sheet1.xml"
BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


def refuse(content: bytes, name: str = "年报.xlsx", limits=LIMITS) -> list[str]:
    found = read_workbook(content, name, LAYOUT, limits)
    assert not found.values
    assert all(str(fault.reason) for fault in found.faults)
    return [fault.code for fault in found.faults]


def put(name: str, change) -> bytes:
    def apply(parts) -> None:
        parts[name] = change(parts.get(name, b""))

    return repack(build(), apply)


def ole(*names: str) -> bytes:
    return OLE_MARK + b"\x00" * 500 + b"".join(name.encode("utf-16-le") for name in names)


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return out.getvalue()


def tall(rows: int) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    page = book.add_worksheet()
    for row in range(rows):
        page.write_number(row, 0, 1)
    book.close()
    return out.getvalue()


def far_cell() -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_number(0, 0, 1)
    page.write_number(40_000, 16_383, 1)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.xlsx", "empty_file"),
        (ole("Workbook"), "a.xls", "old_excel"),
        (ole("Workbook"), "a.xlsx", "old_excel"),
        (ole("Workbook"), "a.et", "wps_table"),
        (ole("EncryptionInfo", "EncryptedPackage"), "a.xlsx", "password"),
        ("电,水\r\n1,2\r\n".encode(), "a.csv", "csv"),
        ("电,水\r\n1,2\r\n".encode("gbk"), "a.xlsx", "csv"),
        (b"<html><table></table></html>", "a.xls", "web_page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "a.xlsx", "web_page"),
        (b"MZ\x90\x00\x03", "a.xlsx", "not_workbook"),
        (b"%PDF-1.7\n\x00", "a.xlsx", "not_workbook"),
        (zipped(readme=b"x"), "a.xlsx", "not_workbook"),
        (zipped(word__document=b"x"), "a.xlsx", "not_workbook"),
        (zipped(**{"word__document.xml": b"x"}), "a.xlsx", "other_office"),
        (zipped(**{"xl__workbook.bin": b"x"}), "a.xlsb", "binary_workbook"),
        (zipped(mimetype=b"x", **{"content.xml": b"x"}), "a.ods", "open_document"),
        (zipped(**{"inner.zip": zipped(a=b"x")}), "a.xlsx", "not_workbook"),
        (b"PK\x03\x04", "a.xlsx", "broken_file"),
    ],
)
def test_what_is_no_workbook(content, name, code) -> None:
    assert refuse(content, name) == [code]


def test_too_large_names_the_limit() -> None:
    found = read_workbook(b"x" * (LIMITS.size + 1), "a.xlsx", LAYOUT)
    assert found.faults[0].code == "file_too_large"
    assert "10" in str(found.faults[0].reason)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_file_cut_off_on_its_way(share) -> None:
    content = build()
    assert refuse(content[: int(len(content) * share)]) == ["broken_file"]


def test_macros_by_part_and_by_type() -> None:
    assert refuse(put("xl/vbaProject.bin", lambda part: b"x")) == ["macro"]
    changed = put(
        "[Content_Types].xml",
        lambda part: part.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
    )
    assert refuse(changed) == ["macro"]


@pytest.mark.parametrize(
    "part", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "docProps/core.xml", "xl/_rels/workbook.xml.rels", "x.xml"]
)
def test_declared_entities_are_refused_in_every_part(part) -> None:
    def declare(old: bytes) -> bytes:
        head, sep, rest = old.partition(b"?>")
        return head + sep + BOMB + rest if sep else BOMB + b"<x/>"

    assert refuse(put(part, declare)) == ["doctype"]


def test_declaration_in_utf16_is_seen_too() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    assert refuse(put("xl/theme/theme1.xml", lambda old: text.encode("utf-16"))) == ["doctype"]


def test_bomb_by_ratio_by_size_and_by_parts() -> None:
    assert refuse(put("xl/media/image1.bin", lambda old: b"\0" * 20_000_000)) == ["bomb"]
    assert refuse(build(), limits=replace(LIMITS, unpacked=10_000)) == ["bomb"]

    def many(parts) -> None:
        parts.update({f"x/{n}.txt": b"" for n in range(1_200)})

    assert refuse(repack(build(), many)) == ["bomb"]


def test_bomb_that_lies_about_its_size_is_counted() -> None:
    content = put(SHEET, lambda old: old.replace(b"</sheetData>", b" " * 30_000_000 + b"</sheetData>"))
    with ZipFile(BytesIO(content)) as archive:
        size = archive.getinfo(SHEET).file_size
    lying = content.replace(size.to_bytes(4, "little"), (5_000).to_bytes(4, "little"))
    assert lying != content
    assert refuse(lying) in (["bomb"], ["broken_file"])


def test_sheet_with_a_million_rows_stops_at_the_limit() -> None:
    content = tall(60_000)
    found = read_workbook(content, "a.xlsx", LAYOUT)
    assert found.faults[0].code == "too_many_rows"
    assert "50000" in str(found.faults[0].reason).replace(",", "")


def test_one_cell_far_away() -> None:
    assert refuse(far_cell()) == ["too_wide"]


def test_too_many_cells() -> None:
    assert refuse(build(), limits=replace(LIMITS, cells=20)) == ["too_many_cells"]


def test_false_dimension_is_not_believed() -> None:
    content = put(SHEET, lambda old: old.replace(b'<dimension ref="A1:G8"/>', b'<dimension ref="A1:XFD1048576"/>'))
    assert b"XFD1048576" in ZipFile(BytesIO(content)).read(SHEET)
    assert read_workbook(content, "a.xlsx", LAYOUT).is_clean


def test_child_out_of_memory_time_or_patience_is_a_refusal() -> None:
    assert refuse(build(), limits=replace(LIMITS, memory=20 * 1024 * 1024)) in (["too_slow"], ["broken_file"])
    assert refuse(tall(30_000), limits=replace(LIMITS, wall=0.01)) == ["too_slow"]


def test_broken_parts() -> None:
    assert refuse(put(SHEET, lambda old: old[:-200])) == ["broken_file"]
    assert refuse(put(SHEET, lambda old: b"")) == ["broken_file"]
    assert refuse(put("xl/workbook.xml", lambda old: old.replace(b"sheet1.xml", b"nothing.xml") + b"<")) == [
        "broken_file"
    ]


def flip(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def test_flipped_bytes_never_raise() -> None:
    content = build()
    for at in range(0, len(content), 5):
        assert inspect_file(flip(content, at), "a.xlsx") in {None, *FILE_RULES}
    for at in range(60, len(content), len(content) // 25):
        read_workbook(flip(content, at), "a.xlsx", LAYOUT)


def test_links_to_other_workbooks_are_told_and_not_followed() -> None:
    found = read_workbook(put("xl/externalLinks/externalLink1.xml", lambda old: b"<externalLink/>"), "a.xlsx", LAYOUT)
    assert found.is_clean
    assert [notice.code for notice in found.notices] == ["external_links"]


def test_name_does_not_decide() -> None:
    assert read_workbook(build(), "年报.xls", LAYOUT).is_clean
    assert read_workbook(spoil(lambda book: None), "", LAYOUT).is_clean


def test_rules_have_ids_of_their_own_over_the_whole_room() -> None:
    rules = index_rules(rule for _title, group in RULE_GROUPS for rule in group)
    assert len(rules) > 80
    assert all(str(rule.name) and str(rule.advice) for rule in rules.values())


def test_texts_together_are_limited() -> None:
    assert refuse(build(), limits=replace(LIMITS, characters=50)) == ["too_many_cells"]
