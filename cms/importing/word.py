"""A document of Word or WPS as parts of a text: headings, lists, bold, tables, pictures; its dress stays behind."""

# Chinese text: names of styles as Word and WPS write them.

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from cms.importing.cleaning import Cleaned, clean_html
from committees.files.inspection import Policy, Refusal, inspect_upload

_POLICY = Policy(kinds=frozenset({"docx"}), size=20 * 1024 * 1024)
#: Names of styles as Word and WPS write them in Chinese.
_STYLES = "\n".join(
    [
        "p[style-name='Title'] => h1:fresh", "p[style-name='标题'] => h1:fresh",
        *(f"p[style-name='标题 {level}'] => h{level}:fresh" for level in range(1, 5)),
        *(f"p[style-name='标题{level}'] => h{level}:fresh" for level in range(1, 5)),
        "p[style-name='Quote'] => blockquote:fresh", "p[style-name='引用'] => blockquote:fresh",
    ]
)  # fmt: skip


@dataclass
class WordText:
    """What a document holds: its title (the first large heading), its parts, and its pictures by name."""

    title: str
    cleaned: Cleaned
    pictures: dict[str, tuple[bytes, str]] = field(default_factory=dict)


def read_word(name: str, content: bytes) -> WordText | str:
    """The text of a .docx; or in words why it is not taken (no document, too large, a bomb, macros)."""
    found = inspect_upload(name, content, _POLICY)
    if isinstance(found, Refusal):
        return str(found.advice)
    import mammoth  # slow to import, needed only for an upload

    pictures: dict[str, tuple[bytes, str]] = {}

    def keep(image: Any) -> dict[str, str]:
        with image.open() as stream:
            source = f"word-picture-{len(pictures) + 1}"
            pictures[source] = (stream.read(), image.alt_text or "")
        return {"src": source}

    made = mammoth.convert_to_html(
        BytesIO(content), style_map=_STYLES, convert_image=mammoth.images.img_element(keep), external_file_access=False
    )
    cleaned = clean_html(made.value)
    title = ""
    if cleaned.parts and cleaned.parts[0].kind == "heading":
        title = cleaned.parts.pop(0).value
    return WordText(re.sub(r"\s+", " ", title)[:200], cleaned, pictures)
