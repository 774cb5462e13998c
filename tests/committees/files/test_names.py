"""Names as people and programs send them, and what is shown and sent on."""

from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from committees.files.names import clean_name, disposition, has_hidden_extension, set_extension, split_extension


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\x.xlsx", "x.xlsx"),
        ("D:\\资料\\报告.pdf", "报告.pdf"),
        ("报表\u202excod.exe", "报表xcod.exe"),
        ("a\u200bb\ufeff.pdf", "ab.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        (".htaccess", "htaccess"),
        ("~$报告.docx", "报告.docx"),
        ("CON.xlsx", "_CON.xlsx"),
        ("lpt1", "_lpt1"),
        ("   ", "file"),
        ("", "file"),
        ("...", "file"),
        ("%2e%2e%2fx.pdf", "_2e_2e_2fx.pdf"),
        ('a"b|c?.pdf', "a_b_c_.pdf"),
        ("  年 报\u3000 终稿 .pdf ", "年 报 终稿 .pdf"),
        ("𠀀能源.pdf", "𠀀能源.pdf"),
    ],
)
def test_cleaned(name, cleaned) -> None:
    assert clean_name(name) == cleaned


def test_long_names_keep_their_extension() -> None:
    stem, extension = split_extension("长" * 300 + ".PDF")
    assert extension == ".pdf"
    assert set_extension(stem, extension) == "长" * 120 + ".pdf"


@pytest.mark.parametrize(
    ("stem", "hidden"),
    [
        ("报告.exe", True),
        ("a.JS ", True),
        ("2026.3.1报告", False),
        ("report.v2", False),
        ("exe", False),
        ("a.tar", False),
    ],
)
def test_hidden_extensions(stem, hidden) -> None:
    assert has_hidden_extension(stem) is hidden


def test_disposition_of_a_chinese_name() -> None:
    header = disposition("2026年 能源年报.pdf")
    assert header == (
        "attachment; filename=\"2026.pdf\"; filename*=UTF-8''2026%E5%B9%B4%20%E8%83%BD%E6%BA%90%E5%B9%B4%E6%8A%A5.pdf"
    )
    assert unquote(header.split("UTF-8''")[1]) == "2026年 能源年报.pdf"
    assert disposition("年报.pdf").startswith('attachment; filename="file.pdf";')
    assert disposition("a.png", True).startswith("inline;")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_name_breaks_a_header_or_a_path(name) -> None:
    cleaned = clean_name(name)
    assert cleaned
    assert not set(cleaned) & set('/\\\r\n\x00"<>')
    assert not cleaned.startswith(".")
    header = disposition(name)
    assert header.isascii()
    assert header.count('"') == 2
    assert header.isprintable()
    assert clean_name(cleaned) == cleaned
