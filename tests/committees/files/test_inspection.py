"""What is taken as a file and what is not, by content."""

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from committees.files.inspection import EVIDENCE, Inspection, Policy, Refusal, inspect_upload
from committees.files.kinds import KINDS
from committees.files.upload_rules import UPLOAD_RULES

TYPES = b'<Types><Override ContentType="application/%s.main+xml"/></Types>'
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 504


def zipped(*names: str, types: bytes = TYPES % b"vnd.x", **parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        for name in names:
            archive.writestr(name, parts.get(name, b"<x/>"))
    return out.getvalue()


def png(width: int = 800, height: int = 600) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\0\0\0"


def jpeg(width: int = 800, height: int = 600, marker: int = 0xC0, before: bytes = b"") -> bytes:
    exif = b"\xff\xe1" + struct.pack(">H", 2 + len(before)) + before
    return b"\xff\xd8" + exif + struct.pack(">BBHBHH", 0xFF, marker, 17, 8, height, width) + b"\x03" * 20


def webp(width: int = 800, height: int = 600) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + size


def webp_lossless(width: int, height: int) -> bytes:
    return b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + ((width - 1) | (height - 1) << 14).to_bytes(4, "little")


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"
XLSX, DOCX, PPTX = zipped("xl/workbook.xml"), zipped("word/document.xml"), zipped("ppt/presentation.xml")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "报告.pdf", "pdf"),
        (png(), "图.png", "png"),
        (jpeg(), "照片.jpg", "jpeg"),
        (jpeg(before=b"E" * 60_000), "照片.JPEG", "jpeg"),
        (jpeg(marker=0xC2), "p.jpe", "jpeg"),
        (webp(), "w.webp", "webp"),
        (webp_lossless(16_000, 3_000), "w.webp", "webp"),
        (XLSX, "表.xlsx", "xlsx"),
        (DOCX, "文.docx", "docx"),
        (PPTX, "片.pptx", "pptx"),
        (zipped("OFD.xml"), "公文.ofd", "ofd"),
    ],
)
def test_taken_by_content(content, name, kind) -> None:
    found = inspect_upload(name, content)
    assert isinstance(found, Inspection), found
    assert found.kind is KINDS[kind]
    assert found.media_type == KINDS[kind].media_type
    assert found.size == len(content)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b"MZ\x90\0", "a.pdf", "unknown"),
        (b"\x7fELF", "a.pdf", "unknown"),
        (b"plain text", "a.txt", "unknown"),
        (b"\x00\x01", "a.pdf", "unknown"),
        (b"GIF89a\x01\x00\x01\x00", "a.gif", "unknown"),
        (b"<html><script>", "a.pdf", "markup"),
        (b"\xef\xbb\xbf  <svg onload='x'>", "a.svg", "markup"),
        (b"<?xml version='1.0'?><svg/>", "a.png", "markup"),
        ("<html>".encode("utf-16"), "a.pdf", "markup"),
        (b"<!DOCTYPE html>", "a.jpg", "markup"),
        (OLE, "a.doc", "old_office"),
        (OLE, "a.wps", "old_office"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (zipped("xl/workbook.xml", "xl/vbaProject.bin"), "a.xlsx", "macro"),
        (zipped("word/document.xml", types=TYPES % b"vnd.ms-word.document.macroEnabled"), "a.docx", "macro"),
        (zipped("a.txt"), "a.zip", "archive"),
        (zipped("xl/workbook.xml", "word/document.xml"), "a.xlsx", "archive"),
        (b"Rar!\x1a\x07\x01\x00", "a.rar", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "a.7z", "archive"),
        (XLSX[: len(XLSX) // 2], "a.xlsx", "broken"),
        (b"\0\0\0\x18ftypheic\0\0", "IMG.HEIC", "heic"),
        (png(30_000, 30_000), "a.png", "too_many_pixels"),
        (jpeg(30_000, 30_000), "a.jpg", "too_many_pixels"),
        (webp(16_384, 16_384), "a.webp", "too_many_pixels"),
        (png(0, 600), "a.png", "broken"),
        (b"\xff\xd8\xff\xe0\x00", "a.jpg", "broken"),
        (b"\xff\xd8\xff<html><script>", "a.jpg", "broken"),
        (PDF, "a.jpg", "other_extension"),
        (PDF, "a.html", "other_extension"),
        (PDF, "报告.pdf.exe", "other_extension"),
        (PDF, "报告.exe.pdf", "hidden_extension"),
        (png(), "a.php.png", "hidden_extension"),
        (png(), "a.pdf", "other_extension"),
        (XLSX, "a.docx", "other_extension"),
    ],
)
def test_refused_with_its_reason(content, name, code) -> None:
    found = inspect_upload(name, content)
    assert isinstance(found, Refusal), found
    assert found.code == code
    assert "{" not in str(found.message)
    assert str(found.advice)


def test_size_is_refused_before_anything_is_read() -> None:
    found = inspect_upload("a.pdf", PDF, Policy(size=4))
    assert found.code == "too_large"
    exact = inspect_upload("a.pdf", PDF, Policy(size=len(PDF)))
    assert isinstance(exact, Inspection)


def test_policy_names_the_kinds_it_takes() -> None:
    found = inspect_upload("a.png", png(), Policy(kinds=frozenset({"pdf", "xlsx"})))
    assert found.code == "unknown"
    assert "PDF、XLSX" in str(found.message)


@pytest.mark.parametrize("part", [b"\0" * 80_000_000, b"ab" * 20_000_000])
def test_bomb_is_seen_in_the_directory(part) -> None:
    found = inspect_upload("a.docx", zipped("word/document.xml", **{"word/document.xml": part}))
    assert found.code == "bomb"


def test_many_parts() -> None:
    found = inspect_upload("a.xlsx", zipped("xl/workbook.xml", *(f"x/{n}" for n in range(5_100))))
    assert found.code == "bomb"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("照片.png", "照片.jpg"),
        ("照片", "照片.jpg"),
        ("IMG_1.JPG", "IMG_1.jpg"),
    ],
)
def test_picture_is_named_by_its_content(name, shown) -> None:
    found = inspect_upload(name, jpeg())
    assert isinstance(found, Inspection)
    assert found.name == shown
    assert found.is_renamed


def test_content_is_left_at_its_start_and_hash_is_of_all_of_it() -> None:
    import hashlib

    stream = BytesIO(PDF * 100_000)
    found = inspect_upload("a.pdf", stream, EVIDENCE)
    assert stream.tell() == 0
    assert found.sha256 == hashlib.sha256(stream.getvalue()).hexdigest()


def test_rules_have_words_and_examples() -> None:
    assert all(str(rule.reason) and str(rule.advice) and rule.examples for rule in UPLOAD_RULES.values())


@settings(deadline=None)
@given(st.binary(max_size=300), st.text(max_size=40))
def test_nothing_raises(content, name) -> None:
    for start in (b"", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n\0\0\0\0IHDR", b"RIFFxxxxWEBP", b"%PDF-"):
        inspect_upload(name, start + content)


def test_flipped_archives_never_raise() -> None:
    for at in range(len(XLSX)):
        inspect_upload("a.xlsx", XLSX[:at] + bytes([XLSX[at] ^ 0xFF]) + XLSX[at + 1 :])
