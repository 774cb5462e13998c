"""Numbers of papers (文号) in every spelling: 〔2026〕3号, [2026] 3 号, (2026)第003号, 2026年3号, 二〇二六年第三号."""

# Chinese text: numerals and the signs of a number.

import re
from dataclasses import dataclass

_DIGITS = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2", "○": "0"}
_YEAR = r"(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3}"
_NUMBER = r"\d{1,5}|[〇零一二两三四五六七八九十百]{1,6}"
_PATTERN = re.compile(
    rf"[〔\[({{【〈《<「﹝]\s*(?P<year>{_YEAR})\s*年?\s*[〕\])}}】〉》>」﹞]\s*(?:第|no\.?)?\s*(?P<number>{_NUMBER})\s*(?:号|次)?"
    rf"|(?P<year2>{_YEAR})\s*(?:年\s*第?|第|[-–—#])\s*(?P<number2>{_NUMBER})\s*号"
    rf"|(?P<year3>(?:19|20)\d\d)\s+(?P<number3>\d{{1,5}})\s*号"
)


@dataclass(frozen=True)
class PaperNumber:
    """A number found in a normalised text, from `start` to `end`."""

    year: int
    number: int
    start: int
    end: int

    @property
    def token(self) -> str:
        """The one word under which it is indexed."""
        return f"no{self.year}x{self.number}"


def paper_numbers(text: str) -> list[PaperNumber]:
    """All numbers of papers in a normalised text."""
    found = []
    for match in _PATTERN.finditer(text):
        groups = match.groupdict()
        year = next(filter(None, (groups[name] for name in ("year", "year2", "year3"))), "")
        number = next(filter(None, (groups[name] for name in ("number", "number2", "number3"))), "")
        found.append(PaperNumber(_year(year), _count(number), match.start(), match.end()))
    return found


def _year(text: str) -> int:
    return int("".join(_DIGITS.get(char, char) for char in text))


def _count(text: str) -> int:
    """137, 〇三七, 三十七, 一百三十七 as a number."""
    if text.isdigit() and text.isascii():
        return int(text)
    if not set(text) & set("十百"):
        return int("".join(_DIGITS.get(char, char) for char in text) or 0)
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = int(_DIGITS[char])
    return total + digit
