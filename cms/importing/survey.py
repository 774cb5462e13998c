"""Looking an article through before anything is written: what will be taken out, what its editor must see to."""

from cms.importing.albums import Album
from cms.importing.articles import Article
from cms.importing.cleaning import Cleaned, clean_html
from cms.importing.reporting import Line, file_lines, old_address, picture_lines, removed_lines, with_own_links


def text_of(html: str, address: str) -> Cleaned:
    """The clean parts of an article, its links to its own old site as paths."""
    return with_own_links(clean_html(html), old_address(address))


def survey(article: Article, album: Album) -> list[Line]:
    """The lines of its report."""
    cleaned = text_of(article.html, article.address)
    lines = removed_lines(cleaned.removed) + picture_lines(cleaned.parts, album)
    lines += file_lines(cleaned.parts)
    if article.day is None:
        lines.append(("no_day", ""))
    if not cleaned.parts:
        lines.append(("no_text", ""))
    if article.address and old_address(article.address) is None:
        lines.append(("address", article.address[:200]))
    return lines
