"""Papers: own fonts only, the same bytes for the same facts, text that is never markup."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import translation
from pypdf import PdfReader

from committees.papers import writing
from committees.papers.pdf import FONTS, ROOT, make_pdf, qr_svg

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
RECEIPT = ROOT / "filings" / "papers" / "receipt.typ"


def facts(**changes):
    words = {"hashes": "封印之下", "evidence": "附件", "none": "无", "check": "核对", "how": "扫码"}
    plain = {
        "title": "备案回执", "school": "临港理工大学", "number": "能备〔2026〕0137号", "version": "第1版",
        "seal": "8f3a12ce" * 8,
        "rows": [["期间", "2025"]], "hashes": [["封印", "8f3a12ce" * 8]], "evidence": [], "qr": qr_svg("https://x.test/"),
        "address": "https://x.test/", "words": words,
    }  # fmt: skip
    return {**plain, **changes}


def text_of(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_the_same_facts_give_the_same_bytes():
    assert make_pdf(RECEIPT, facts(), at=AT) == make_pdf(RECEIPT, facts(), at=AT)
    assert make_pdf(RECEIPT, facts(), at=AT) != make_pdf(RECEIPT, facts(seal="0f3a12ce" * 8), at=AT)


def test_only_our_fonts_are_in_it_and_all_of_them_embedded():
    reader = PdfReader(BytesIO(make_pdf(RECEIPT, facts(), at=AT)))
    names = {font["/BaseFont"].split("+")[-1] for page in reader.pages for font in
             (one.get_object() for one in page["/Resources"]["/Font"].values())}  # fmt: skip
    assert names
    assert all(name.startswith(("NotoSansCJKsc", "NotoSerifCJKsc", "Barlow")) for name in names), names


@pytest.mark.parametrize(
    "text", ["#panic(1)", "*a* _b_ = c", '"]#read("/etc/passwd")', "$x$ @cite \\ <a>", "= 一#import"]
)
def test_text_is_never_markup(text):
    found = text_of(make_pdf(RECEIPT, facts(school=text), at=AT))
    assert "".join(text.split()) in "".join(found.split())


def test_figures_come_as_text_only():
    for value in (Decimal("1.5"), object()):
        with pytest.raises(TypeError):
            make_pdf(RECEIPT, facts(rows=[["a", value]]), at=AT)


def test_the_fonts_are_those_of_the_list_and_small_enough():
    lines = (FONTS / "fonts.sha256").read_text().splitlines()
    for line in lines:
        digest, name = line.split()
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == digest
    assert {line.split()[1] for line in lines} == {path.name for path in FONTS.glob("*.otf")}
    assert sum(path.stat().st_size for path in FONTS.glob("*.otf")) < 8_000_000
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text()


def test_the_fonts_have_what_forms_need():
    from fontTools.ttLib import TTFont

    needed = set("能备〔2026〕0137号㎡²³℃％，。：；（）—“”《》㎏")
    needed |= {
        char for n in range(0xB0, 0xF8) for m in range(0xA1, 0xFF) for char in bytes((n, m)).decode("gb2312", "ignore")
    }
    for name in ("sans-regular.otf", "sans-bold.otf", "serif-regular.otf"):
        held = {chr(code) for code in TTFont(FONTS / name).getBestCmap()}
        assert needed - held == set(), name
        if "bold" not in name:
            assert set("出典：の政府標準利用規約學師範大學") <= held


def test_figures_and_days_as_they_stand_on_paper():
    assert writing.number(1_148_600) == "1,148,600"
    assert writing.number(Decimal("-12.345"), 2) == "−12.35"
    assert writing.number(None) == "—"
    assert writing.size(12_288) == "12 KB"
    with translation.override("zh-hans"):
        assert writing.day(AT) == "2026年3月2日"
        assert writing.moment(AT) == "2026年3月2日 10:00"
    with translation.override("en"):
        assert writing.day(AT.date()) == "2 March 2026"


def test_templates_stand_where_the_root_is():
    assert RECEIPT.is_relative_to(ROOT)
    assert list(Path(ROOT).glob("*/papers/*.typ"))
