"""Reads one text file: a head in TOML between two lines of +++, then a body in a few marks of Markdown.

+++
title = "凌晨四点半，灶火先亮"
+++
A paragraph with **bold words** and a [link](/news/).

## A heading
- a list, or `1.` for a numbered one
> a quotation
> — who said it
![caption](picture)          several lines in a row make a row of pictures
| Name | Figures |            a table; `---:` sets a column of figures; a line `: words` below is its caption
```chart                     any other block by its name, its fields in TOML, until the closing marks
```
"""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.html import escape

Record = dict[str, Any]
Block = tuple[str, Any]
_HEAD = re.compile(r"\A\+\+\+\n(.*?)^\+\+\+\n(.*)\Z", re.DOTALL | re.MULTILINE)
_PICTURE = re.compile(r"!\[(?P<caption>[^\]]*)\]\((?P<name>[\w-]+)\)")
_BOLD, _LINK = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_ITEM = re.compile(r"(?:-|\d+\.) (.*)")


class BadText(ValueError):
    """A file that cannot be read: which one, and why."""


@dataclass(frozen=True)
class Text:
    """One file: where it lies (`slug`), what its head says, and its body as (kind, content)."""

    path: Path
    head: Record
    body: list[Block]

    @property
    def slug(self) -> str:
        """The address part: the file's name; that of the folder for a folder's own page."""
        return self.path.parent.name if self.path.stem == "_page" else self.path.stem


def read_text(path: Path) -> Text:
    """Read a file. Raises BadText where its head is missing or no TOML."""
    found = _HEAD.match(path.read_text(encoding="utf-8"))
    if found is None:
        raise BadText(f"{path}: no head between two lines of +++")
    try:
        return Text(path, _toml(found[1]), list(map(_block, _chunks(found[2]))))
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise BadText(f"{path}: {error}") from error


def _toml(words: str) -> Record:
    return tomllib.loads(words, parse_float=Decimal)


def _chunks(body: str) -> list[str]:
    """Parts between empty lines; a fenced part is one, whatever stands in it."""
    chunks: list[str] = []
    fenced = False
    for line in body.splitlines():
        if fenced and chunks:
            chunks[-1] += f"\n{line}"
            fenced = line.strip() != "```"
        elif line.startswith("```"):
            chunks.append(line)
            fenced = True
        elif not line.strip() or line.startswith("## ") or not chunks:
            chunks.append(line)
        else:
            chunks[-1] = f"{chunks[-1]}\n{line}" if _goes_on(chunks[-1]) else line
    return [chunk for chunk in chunks if chunk.strip()]


def _goes_on(chunk: str) -> bool:
    """Whether the next line belongs to this part: not after a heading or a fence, and not after an empty line's mark."""
    return bool(chunk.strip()) and not chunk.startswith(("## ", "```"))


def _block(chunk: str) -> Block:
    lines = chunk.splitlines()
    if chunk.startswith("```"):
        return lines[0].removeprefix("```").strip(), _toml("\n".join(lines[1:-1]))
    if chunk.startswith("## "):
        return "heading", chunk.removeprefix("## ").strip()
    if chunk.startswith("> "):
        return "quote", _quote(lines)
    if chunk.startswith("|"):
        return "table", _table(lines)
    if _PICTURE.match(chunk):
        return _pictures(lines)
    return "paragraph", _rich(lines)


def _quote(lines: list[str]) -> Record:
    words = [line.removeprefix(">").strip() for line in lines]
    speakers = [line.removeprefix("—").strip() for line in words if line.startswith("—")]
    text = "\n".join(line for line in words if not line.startswith("—"))
    return {"text": text, "speaker": speakers[0] if speakers else ""}


def _table(lines: list[str]) -> Record:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines if line.startswith("|")]
    caption = next((line.removeprefix(":").strip() for line in lines if line.startswith(":")), "")
    return {
        "columns": rows[0], "figures": [mark.endswith(":") for mark in rows[1]], "rows": rows[2:], "caption": caption,
    }  # fmt: skip


def _pictures(lines: list[str]) -> Block:
    found = [{"picture": match["name"], "caption": match["caption"]} for match in map(_PICTURE.match, lines) if match]
    return ("picture", found[0]) if len(found) == 1 else ("gallery", {"title": "", "pictures": found})


def _joined(lines: list[str]) -> str:
    """Lines of one paragraph: Chinese goes on without a gap, English with one."""
    return re.sub(r"(?<=[^\x00-\xff])\n|\n(?=[^\x00-\xff])", "", "\n".join(lines)).replace("\n", " ")


def _rich(lines: list[str]) -> str:
    items = [_ITEM.fullmatch(line) for line in lines]
    if not all(items):
        return f"<p>{_inline(_joined(lines))}</p>"
    kind = "ul" if lines[0].startswith("- ") else "ol"
    inner = "".join(f"<li>{_inline(item[1])}</li>" for item in items if item)
    return f"<{kind}>{inner}</{kind}>"


def rich(words: str) -> str:
    """Words of a head as rich text: one paragraph, or a list, with bold words and links."""
    return "".join(_rich(chunk.splitlines()) for chunk in words.split("\n\n") if chunk.strip())


def _inline(words: str) -> str:
    marked = _BOLD.sub(r"<b>\1</b>", escape(words))
    return _LINK.sub(r'<a href="\2">\1</a>', marked)
