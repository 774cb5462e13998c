"""Where a person may be led after a step: to a path on the same host, nowhere else."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

LONGEST = 2000


def is_path(text: str) -> bool:
    """True for a plain path of ours (`/people/?page=2`); false for anything a browser might take for another host."""
    if (
        not text.startswith("/")
        or len(text) > LONGEST
        or "\\" in text
        or any(ord(c) < 33 or ord(c) == 127 for c in text)
    ):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and url_has_allowed_host_and_scheme(text, allowed_hosts=None)


def path_or(text: str | None, otherwise: str) -> str:
    """`text` when it is a path of ours, else `otherwise`."""
    return text if text and is_path(text) else otherwise


def localized(path: str) -> str:
    """A path in the language of the page at hand: English pages stand under /en/."""
    language = get_language() or settings.LANGUAGE_CODE
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"
