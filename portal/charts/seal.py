"""The seal of a filing: a house whose thirty windows are lit by the first thirty bits of its digest."""

from dataclasses import dataclass

_COLUMNS, _ROWS = 5, 6


@dataclass(frozen=True)
class Seal:
    """Paths of the dark and the lit windows, and the eight digits that name the drawing."""

    digits: str
    dark: str
    lit: str


def seal(digest: str) -> Seal:
    """The drawing for a hexadecimal `digest`: row by row from the top left, a set bit is a lit window.

    Raises ValueError for fewer than eight hexadecimal digits.
    """
    digits = digest[:8].lower()
    if len(digits) < 8:
        raise ValueError("a seal needs eight hexadecimal digits or more")
    bits = f"{int(digits, 16):032b}"[: _COLUMNS * _ROWS]
    drawn = {"0": "", "1": ""}
    for index, bit in enumerate(bits):
        x, y = 12 + 10 * (index % _COLUMNS), 24 + 9 * (index // _COLUMNS)
        drawn[bit] += f"M{x} {y}h8v6.5h-8z"
    return Seal(digits, dark=drawn["0"], lit=drawn["1"])
