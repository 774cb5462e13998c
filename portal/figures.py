"""How numbers are written on a page: thousands separators, trimmed Decimals, changes in words; never a float."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

#: Stands where there is no number. A dash, so that an empty cell is never taken for a zero.
NONE = "—"
MINUS = "\N{MINUS SIGN}"

Number = Decimal | int


def exact(value: object) -> Decimal:
    """The Decimal for `value` (Decimal, int or a string of digits).

    Raises TypeError for a float: it has already lost what was typed.
    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise TypeError(f"a figure is a Decimal, an int or text, not {type(value).__name__}")
    return Decimal(value)


def rounded(value: Number, places: int) -> Decimal:
    """`value` with exactly `places` decimals, halves away from zero, as people round on paper."""
    return exact(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def figure(value: Number | str | None, places: int | None = None) -> str:
    """`value` as people write it: 1,148,600 or 12.34, with a true minus sign.

    Without `places` trailing zeros go and whole numbers have no point; with it, exactly so many decimals.
    None gives the dash that stands for "no number".
    """
    if value is None or value == "":
        return NONE
    number = exact(value)
    if not number.is_finite():
        return NONE
    number = _trimmed(number) if places is None else rounded(number, places)
    text = f"{abs(number):,f}"
    return f"{MINUS}{text}" if number < 0 else text


def percent(share: Number | str | None, places: int = 1) -> str:
    """A share of one as a percentage: Decimal("0.517") gives 51.7%."""
    return NONE if share is None or share == "" else f"{figure(exact(share) * 100, places)}%"


def signed_percent(share: Number | str | None, places: int = 1) -> str:
    """The same with its sign, for the narrow column of changes: +2.6%, −3.4%, 0.0%."""
    text = percent(share, places)
    return f"+{text}" if text[0].isdigit() and any(mark in "123456789" for mark in text) else text


@dataclass(frozen=True)
class Change:
    """How far a figure moved from another: `share` of the base, or None where the base is zero or missing."""

    share: Decimal | None

    @property
    def direction(self) -> str:
        """One of "more", "less", "same", and "none" where nothing can be compared."""
        if self.share is None:
            return "none"
        moved = rounded(self.share * 100, 1)
        return "same" if moved == 0 else "more" if moved > 0 else "less"

    @property
    def amount(self) -> str:
        """The size without a sign: 1.8%."""
        return NONE if self.share is None else percent(abs(self.share))


def change(now: Number | None, before: Number | None) -> Change:
    """The change from `before` to `now`; not defined where either is missing or the base is zero."""
    if now is None or not before:
        return Change(None)
    return Change((exact(now) - exact(before)) / abs(exact(before)))


def change_words(moved: Change, against: str = "year") -> tuple[str, str, str]:
    """Words around the amount of a change: before, the amount, after. Either side may be empty.

    `against` is what it is measured by: "year" (last year), "month" (last month), "average" (the city's average).
    """
    if moved.direction == "none":
        return _NOTHING[against](), "", ""
    if moved.direction == "same":
        return _SAME[against](), "", ""
    sentence = (_MORE if moved.direction == "more" else _LESS)[against]()
    before, after = sentence.split("%(amount)s")
    return before, moved.amount, after


_MORE = {
    "year": lambda: _("%(amount)s more than last year"),
    "month": lambda: _("%(amount)s more than last month"),
    "average": lambda: _("%(amount)s above the average"),
}
_LESS = {
    "year": lambda: _("%(amount)s less than last year"),
    "month": lambda: _("%(amount)s less than last month"),
    "average": lambda: _("%(amount)s below the average"),
}
_SAME = {
    "year": lambda: _("the same as last year"),
    "month": lambda: _("the same as last month"),
    "average": lambda: _("at the average"),
}
_NOTHING = {
    "year": lambda: _("no figure last year to compare with"),
    "month": lambda: _("no figure last month to compare with"),
    "average": lambda: _("no average to compare with"),
}


def _trimmed(number: Decimal) -> Decimal:
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()
