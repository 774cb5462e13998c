"""Invented content in both languages. It is content, not interface, so it stays out of the catalogue."""

from typing import cast

from django.utils.functional import lazystr

from portal.days import language


class _Spoken:
    def __init__(self, han: str, english: str) -> None:
        self.han, self.english = han, english

    def __str__(self) -> str:
        return self.han if language() == "zh" else self.english


def both(han: str, english: str) -> str:
    """A text that follows the language of the page."""
    return cast("str", lazystr(_Spoken(han, english)))
