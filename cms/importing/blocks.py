"""Parts of a cleaned text as blocks of a page's body."""

from collections.abc import Callable
from typing import Any

from cms.importing.cleaning import Part
from cms.models import NewsPage, Picture

#: From the source of a picture and the words for it to the picture; None where there is none.
PictureFinder = Callable[[str, str], Picture | None]
HEADING = 80


def body_of(parts: list[Part], find_picture: PictureFinder) -> list[tuple[str, Any]]:
    """The body. A heading that is too long for one becomes a paragraph, a picture that is not there is left out."""
    return [block for part in parts if (block := _block(part, find_picture)) is not None]


def _block(part: Part, find_picture: PictureFinder) -> tuple[str, Any] | None:
    blocks = NewsPage.body.field.stream_block.child_blocks
    if part.kind == "heading":
        if len(part.value) <= HEADING:
            return "heading", part.value
        return "paragraph", blocks["paragraph"].to_python(f"<p>{_escaped(part.value)}</p>")
    if part.kind == "quote":
        return "quote", {"text": part.value, "speaker": ""}
    if part.kind == "table":
        return "table", blocks["table"].to_python(_table(part.value))
    if part.kind == "picture":
        found = find_picture(part.value["source"], part.value["words"])
        return ("picture", {"picture": found, "caption": ""}) if found else None
    return "paragraph", blocks["paragraph"].to_python(part.value)


def _table(rows: list[list[str]]) -> dict[str, Any]:
    """The first row is the head; every row as long as the longest."""
    width = max(len(row) for row in rows)
    whole = [[*row, *[""] * (width - len(row))] for row in rows]
    columns = [{"type": "text", "heading": heading} for heading in whole[0]]
    return {"columns": columns, "rows": [{"values": row} for row in whole[1:]], "caption": ""}


def _escaped(text: str) -> str:
    from html import escape

    return escape(text, quote=False)
