"""Codes a person can copy, print and type: twelve signs without look-alikes, useless without the server's secret."""

import hashlib
import hmac
import re
import unicodedata

from django.conf import settings

#: No 0 O 1 I L: what is read aloud over the telephone arrives as it was sent.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
_SEPARATORS = re.compile(r"[\s\-–—_.]+")


def code_for(purpose: str, key: str) -> str:
    """The code of one thing (`purpose` invitation or reset, `key` its id and serial): always the same, so that a page
    can show it again without its being kept. 31^12 codes, about 59 bits."""
    number = int.from_bytes(_keyed(f"code:{purpose}:{key}"), "big")
    signs = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(SIGNS))
        signs.append(SIGNS[place])
    return "".join(signs)


def code_hash(purpose: str, code: str) -> str:
    """What the database keeps of a code: a keyed hash, so that a copy of the database alone opens nothing."""
    return _keyed(f"hash:{purpose}:{plain_code(code)}").hex()


def plain_code(typed: str) -> str:
    """A code as somebody typed it (full-width, small letters, dashes, blanks), in its plain form."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", typed)).upper()[:64]


def printed_code(code: str) -> str:
    """The code in groups of four, as it is shown and printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _keyed(text: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).digest()
