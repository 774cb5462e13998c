"""The words of each kind of file; hostile files end with a reason, never with the portal's memory."""

import pytest

from search.extracting import child
from search.extracting.asking import words_of
from tests.search.extracting import making

pytestmark = pytest.mark.requirement("S7-52")


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("docx", making.word(), (making.WORDS, "表里的阀门")),
        ("pptx", making.slides(), (making.WORDS, "备注里的水泵")),
        ("xlsx", making.workbook(), (making.WORDS, "台账")),
        ("pdf", making.pdf(), ("Boiler inspection",)),
        ("csv", "月份,用水\n一月,三吨".encode("gb18030"), ("用水", "三吨")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words_come_out(kind, content, words):
    found = words_of(content, kind)
    assert (found.refused, [word in found.text for word in words]) == ("", [True] * len(words))


@pytest.mark.parametrize(
    ("kind", "make", "reasons"),
    [
        ("docx", making.bomb, {"bomb"}),
        ("docx", making.with_entities, {"broken", "no_text", "too_large"}),
        ("pdf", making.endless_pdf, {"broken", "no_text", "too_large", "too_slow"}),
        ("pdf", making.swollen_pdf, {"broken", "no_text", "too_large", "too_slow"}),
        ("pdf", lambda: b"%PDF-1.4 nothing", {"broken"}),
        ("xlsx", making.word, {"broken"}),
        ("pptx", lambda: b"PK\x03\x04 cut off", {"broken"}),
        ("doc", lambda: b"\xd0\xcf\x11\xe0", {"old_kind"}),
        ("txt", lambda: b"\0\0\0", {"broken"}),
    ],
    ids=["bomb", "entities", "endless", "swollen", "torn", "misnamed", "cut", "old", "binary"],
)
def test_a_hostile_file_ends_with_a_reason(kind, make, reasons):
    found = words_of(make(), kind)
    assert found.refused in reasons
    assert "root:" not in found.text


def test_pictures_and_films_have_no_words_and_no_complaint():
    assert words_of(b"\x89PNG", "png") == words_of(b"", "mp4")
    assert words_of(b"\x89PNG", "png").refused == ""


def test_a_long_text_is_cut():
    found = words_of(("水" * 1000 + "\n").encode() * 2_000, "txt")
    assert len(found.text.replace("\n", "")) == child.MOST_CHARACTERS
