"""What is to be said of an article that is brought in: what was taken out of it, and what its editor must see to."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.importing.albums import Album
from cms.importing.cleaning import Cleaned, Part

Line = tuple[str, str]
#: Kinds of lines, in the order of the report. All but the first ask for an editor.
KINDS: dict[str, str | Promise] = {
    "removed": _("removed"),
    "picture_missing": _("picture is not there"),
    "picture_refused": _("picture is not taken"),
    "no_words": _("picture without words"),
    "file": _("link to a file"),
    "no_day": _("no date"),
    "no_text": _("no text"),
    "column": _("unknown column"),
    "address": _("old address"),
}
_FILE = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|zip|rar|wps|et|ofd)\Z", re.IGNORECASE)
_HREF = re.compile(r'href="([^"]*)"')


def removed_lines(removed: Counter[str]) -> list[Line]:
    """One line for each thing that was taken out, with how often."""
    return [("removed", f"{name} × {count}") for name, count in removed.most_common()]


#: With any of these a page waits for its editor, whatever was asked for: it would be published without a part of itself.
HOLDS = frozenset({"picture_missing", "picture_refused", "no_words", "no_day", "no_text"})


def holds_back(lines: Iterable[Iterable[str]]) -> bool:
    """Whether an article becomes a draft although its import publishes."""
    return any(next(iter(line)) in HOLDS for line in lines)


def asks_for_editor(lines: Iterable[Iterable[str]]) -> bool:
    """Whether anything of it waits for a person."""
    return any(next(iter(line)) != "removed" for line in lines)


def picture_lines(parts: list[Part], album: Album) -> list[Line]:
    """What the pictures of a text lack: themselves, or words."""
    found: list[Line] = []
    for part in parts:
        if part.kind == "picture" and album.find(part.value["source"]) is None:
            found.append(("picture_missing", part.value["source"][:200]))
        elif part.kind == "picture" and not part.value["words"]:
            found.append(("no_words", part.value["source"][:200]))
    return found


def file_lines(parts: list[Part]) -> list[Line]:
    """Links to files of the old site: they are not brought along, and lead nowhere once it is gone."""
    links = [link for part in parts if part.kind == "paragraph" for link in _HREF.findall(part.value)]
    return [("file", link[:200]) for link in dict.fromkeys(links) if _FILE.search(urlsplit(link).path)]


@dataclass(frozen=True)
class OldAddress:
    """Where an article stood: the host of the old site (may be empty) and its path with its query."""

    host: str
    path: str


def old_address(address: str) -> OldAddress | None:
    """The parts of an old address, a full one or a path; None where there is none that could be asked for here."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme not in {"", "http", "https"} or not (parts.path or parts.query):
        return None
    path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
    if path == "/" and not parts.query:
        return None
    return OldAddress(parts.netloc.lower(), f"{path}?{parts.query}" if parts.query else path)


def with_own_links(cleaned: Cleaned, address: OldAddress | None) -> Cleaned:
    """Links of an article to others of its old site as paths: there the redirects wait for them."""
    if address is not None:
        for part in cleaned.parts:
            if part.kind == "paragraph":
                part.value = _HREF.sub(lambda found: f'href="{_led(found.group(1), address)}"', part.value)
    return cleaned


def _led(link: str, address: OldAddress) -> str:
    try:
        whole = urlsplit(urljoin(f"http://{address.host or 'old'}{address.path}", link.replace("&amp;", "&")))
    except ValueError:
        return link
    if whole.scheme not in {"http", "https"} or whole.netloc.lower() != (address.host or "old"):
        return link
    path = f"{whole.path}?{whole.query}" if whole.query else whole.path
    return path.replace("&", "&amp;").replace('"', "%22")
