"""Two versions of a filing side by side: values as Decimals with their difference, words with their changes marked. Pure."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from committees.filings.answers import Answer
from committees.filings.schema import Named


@dataclass(frozen=True)
class Piece:
    """A run of words; `mark` is empty, "gone" or "new"."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Compared:
    """One item in both versions. `delta` is after minus before, None where one of them is empty."""

    code: str
    name: Named
    unit: str
    before: Decimal | None
    after: Decimal | None
    note: Sequence[Piece] = ()
    text: Sequence[Piece] = ()

    @property
    def places(self) -> int | None:
        """Decimals on the page: four for what was divided, all there are for what was typed or added."""
        return 4 if "/" in self.unit else None

    @property
    def delta(self) -> Decimal | None:
        """After minus before."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def changed(self) -> bool:
        """Whether the value differs (2.50 and 2.5 do not)."""
        return self.before != self.after

    @property
    def differs(self) -> bool:
        """Whether anything differs."""
        return self.changed or any(piece.mark for piece in (*self.note, *self.text))


@dataclass(frozen=True)
class ComparedSection:
    """Items under one heading of the form."""

    name: Named
    items: Sequence[Compared]

    @property
    def differs(self) -> bool:
        """Whether any item does."""
        return any(item.differs for item in self.items)


def compare(before: Answer, after: Answer) -> list[ComparedSection]:
    """All items of the newer version's form; one that the older form had not is empty there."""
    return [
        ComparedSection(
            section.name, [_item(item.code, item.name, item.unit, before, after) for item in section.indicators]
        )
        for section in after.form.sections
    ]


def compare_figures(
    before: Mapping[str, tuple[Decimal | None, str]], after: Mapping[str, tuple[Decimal | None, str]],
    names: Mapping[str, Named],
) -> list[Compared]:  # fmt: skip
    """Computed figures (value, unit) by code in both versions, in the order of the newer one."""
    codes = dict.fromkeys((*after, *before))
    none: tuple[Decimal | None, str] = (None, "")
    return [
        Compared(code, names[code], (after.get(code) or before.get(code) or none)[1],
                 before.get(code, none)[0], after.get(code, none)[0])
        for code in codes if code in names
    ]  # fmt: skip


def word_changes(before: str, after: str) -> list[Piece]:
    """What was taken out and what was put in, word by word; Chinese is cut into words, blanks and signs stay."""
    import rjieba  # 30 MB of dictionary, needed only where versions are compared

    old, new = rjieba.cut(before), rjieba.cut(after)
    pieces: list[Piece] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("".join(old[a:b]), "gone"))
        if d > c:
            pieces.append(Piece("".join(new[c:d]), "new"))
    return pieces


def _item(code: str, name: Named, unit: str, before: Answer, after: Answer) -> Compared:
    one, other = before.entries.get(code), after.entries.get(code)
    return Compared(
        code, name, unit, before.value(code), after.value(code),
        word_changes(one.note if one else "", other.note if other else ""),
        word_changes(before.text(code), after.text(code)),
    )  # fmt: skip
