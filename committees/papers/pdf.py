"""From a template and plain facts to a PDF: own fonts only, facts as JSON, the same bytes for the same facts."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

ROOT = Path(__file__).parents[1]
FONTS = Path(__file__).parent / "fonts"


def make_pdf(template: Path, facts: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF (PDF/A-2b) of a template below committees/ and its facts: text, whole numbers, lists and mappings of them.

    Figures come as text, written as they shall stand. Facts reach the template as JSON, never as markup. `at` is the
    document's date; nothing else in the file depends on when or where it is made. Raises TypeError for a Decimal or a
    float among the facts.
    """
    told = {
        **facts,
        "lang": _language(),
        "issuer": settings.WAGTAIL_SITE_NAME,
        "words": _words() | facts.get("words", {}),
    }
    text = json.dumps(told, ensure_ascii=False, allow_nan=False, default=str_of_words)
    compiler = typst.Compiler(str(template), root=str(ROOT), font_paths=_fonts(), ignore_system_fonts=True)
    made = compiler.compile(
        format="pdf", sys_inputs={"facts": text}, timestamp=int(at.timestamp()), pdf_standards=["a-2b"]
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def qr_svg(address: str) -> str:
    """A QR code of an address, as an SVG that a template draws."""
    buffer = BytesIO()
    segno.make(address, error="m", micro=False).save(buffer, kind="svg", scale=4, border=2, xmldecl=False)
    return buffer.getvalue().decode("utf-8")


def str_of_words(value: object) -> str:
    """Lazy translations become text; anything else has no place among the facts."""
    if hasattr(value, "_proxy____cast"):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a paper")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _words() -> dict[str, str]:
    return {"page": _("page {n} of {all}")}
