"""Short texts that answer an item: names, telephone numbers, mail addresses; how they are tidied and what is wrong. Pure."""

# Chinese text: the word before an extension.
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from committees.filings.schema import Answers
from committees.workbooks.rulebook import Text

MOST_CHARACTERS = 200
#: 022-23456789, 022-23456789-801, 13800000000, 400-…; read after blanks and dashes are unified.
_PHONE = re.compile(r"(\+86-?)?(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|[48]00-?\d{3}-?\d{4})")
_DASHES = str.maketrans(dict.fromkeys("‐‑–—−－﹣转", "-"))


def read_text(answers: str, typed: str) -> str:
    """What was typed, with full-width letters and digits made plain; a telephone number without blanks."""
    if answers == Answers.TEXT:
        return " ".join(typed.split())[:MOST_CHARACTERS]
    text = unicodedata.normalize("NFKC", typed).translate(_DASHES)
    return "".join(text.split())[:MOST_CHARACTERS]


def text_fault(answers: str, text: str) -> Text:
    """What is wrong with a text, in words that say what to write; empty when nothing is."""
    if answers == Answers.PHONE and not _PHONE.fullmatch(text):
        return _("Not a telephone number. Write it with the area code, as in 022-23456789, or as a mobile number.")
    if answers == Answers.EMAIL:
        try:
            validate_email(text)
        except ValidationError:
            return _("Not a mail address. It has the form name@school.edu.cn.")
    return ""
