"""Where a reader may have wanted to go whose address leads nowhere: pages with a like address."""

from difflib import SequenceMatcher
from functools import reduce
from operator import or_
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

#: An address longer than this is no mistyped one.
LONGEST, MOST, CANDIDATES = 200, 4, 60
#: How alike two addresses must be, of 1, to be worth a line.
ALIKE = 0.45


def guesses_for(request: HttpRequest) -> list[tuple[str, str]]:
    """Titles and addresses of pages in the reader's language whose last part is like the one asked for, likest first."""
    wanted = wanted_words(request.path)
    pieces = [piece for piece in wanted.split("-") if len(piece) > 1][:8]
    if not pieces or len(request.path) > LONGEST:
        return []
    pairs = [f"{one}-{two}" for one, two in zip(pieces, pieces[1:], strict=False)] or pieces
    like = reduce(or_, (Q(slug__contains=pair) for pair in pairs))
    code = "en" if (get_language() or "").startswith("en") else settings.LANGUAGE_CODE
    found = Page.objects.live().filter(like, locale__language_code=code, depth__gt=2).order_by("-pk")[:CANDIDATES]
    ranked = sorted(((_alike(wanted, page.slug), page) for page in found), key=lambda pair: -pair[0])
    return [
        (page.title, page.get_url(request) or "/") for score, page in ranked[:MOST] if score >= ALIKE
    ]  # fmt: skip


def wanted_words(path: str) -> str:
    """The last part of an address, as words with hyphens."""
    parts = [part for part in unquote(path).split("/") if part]
    return parts[-1].lower().replace("_", "-").removesuffix(".html") if parts else ""


def _alike(one: str, two: str) -> float:
    return SequenceMatcher(None, one, two).ratio()
