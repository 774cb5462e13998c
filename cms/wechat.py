"""An article as the editor of WeChat's official accounts keeps it: sections with styles of their own, nothing else.

That editor throws away classes, style sheets, scripts, forms and ids, and keeps inline styles; pictures must be uploaded
there, so each stands with its full address.
"""

from typing import Any

from django.conf import settings
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

_TEXT = "margin:0 0 16px;font-size:16px;line-height:1.85;color:#182230;text-align:justify;"
_HEADING = "margin:28px 0 12px;font-size:18px;line-height:1.5;font-weight:bold;color:#1a4490;"
_NOTE = "margin:6px 0 20px;font-size:13px;line-height:1.6;color:#56636a;text-align:center;"
_CELL = "border:1px solid #c3cfc8;padding:6px 8px;font-size:14px;line-height:1.5;"
_QUOTE = "margin:0 0 16px;padding:12px 16px;background-color:#ecf4ef;font-size:15px;line-height:1.8;color:#3c4a52;"
_STYLES = {
    "<p>": f'<p style="{_TEXT}">', "<ul>": '<ul style="margin:0 0 16px;padding-left:22px;">',
    "<ol>": '<ol style="margin:0 0 16px;padding-left:22px;">', "<li>": f'<li style="{_TEXT}margin-bottom:6px;">',
    "<b>": '<strong style="font-weight:bold;">', "</b>": "</strong>", "<i>": "<em>", "</i>": "</em>",
}  # fmt: skip


def wechat_html(page: Any) -> SafeString:
    """The article: lead, cover, body, source. Blocks that cannot stand there come as their text."""
    parts: list[SafeString] = []
    if lead := getattr(page, "lead", ""):
        parts.append(format_html('<section style="{}">{}</section>', _QUOTE, lead))
    if cover := getattr(page, "cover", None):
        parts.append(_picture(cover, page.cover_caption, page.cover_words))
    parts += [_block(block) for block in getattr(page, "body", [])]
    source = getattr(page, "source", "") or settings.WAGTAIL_SITE_NAME
    parts.append(
        format_html('<section style="{}">{}</section>', _NOTE, " · ".join(filter(None, [source, page.author])))
    )
    return format_html('<section style="max-width:677px;margin:0 auto;">{}</section>', mark_safe("".join(parts)))


def _block(block: Any) -> SafeString:
    value = block.value
    if block.block_type == "heading":
        return format_html('<section style="{}"><strong>{}</strong></section>', _HEADING, value)
    if block.block_type == "paragraph":
        return format_html("<section>{}</section>", mark_safe(_dressed(expand_db_html(value.source))))
    if block.block_type == "picture":
        return _picture(value["picture"], value["caption"])
    if block.block_type == "quote":
        who = format_html("<br/>— {}", value["speaker"]) if value["speaker"] else ""
        return format_html('<section style="{}">{}{}</section>', _QUOTE, value["text"], who)
    if block.block_type == "table":
        return _table(value)
    text = " ".join(strip_tags(block.render()).split())
    return format_html('<p style="{}">{}</p>', _TEXT, text) if text else SafeString("")


def _dressed(html: str) -> str:
    for bare, styled in _STYLES.items():
        html = html.replace(bare, styled)
    return html.replace('href="/', f'href="{settings.ASSOCIATION_URL}/')


def _picture(picture: Any, caption: str, words: str = "") -> SafeString:
    small = picture.get_rendition("width-1080|format-jpeg")
    note = format_html('<p style="{}">{}</p>', _NOTE, caption) if caption else ""
    return format_html(
        '<section style="text-align:center;"><img src="{}" alt="{}" style="max-width:100%;height:auto;"/></section>{}',
        f"{settings.ASSOCIATION_URL}{small.url}", words or picture.default_alt_text, note,
    )  # fmt: skip


def _table(table: Any) -> SafeString:
    head = format_html_join(
        "", '<th style="{}background-color:#dbe9e0;">{}</th>', ((_CELL, column["heading"]) for column in table.columns)
    )
    rows = [
        format_html(
            "<tr>{}</tr>", format_html_join("", '<td style="{}">{}</td>', ((_CELL, cell.value) for cell in row))
        )
        for row in table.rows
    ]
    return format_html(
        '<section style="margin:0 0 16px;"><table style="width:100%;border-collapse:collapse;"><tbody><tr>{}</tr>{}'
        "</tbody></table></section>",
        head, mark_safe("".join(rows)),
    )  # fmt: skip
