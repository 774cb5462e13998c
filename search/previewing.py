"""What a changed lexicon would change: the commonest queries asked with the old and with the new one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from search.asked import popular
from search.engines.engine import Scope
from search.finding import Answer, Finder
from search.lexicons import current_lexicon, current_vocabulary, lexicon_of
from search.models import LexiconLine
from search.planning.lexicon import Lexicon
from search.readers import Reader
from search.switchboard import POSTGRES

COMMONEST = 20
_LOOKED_BACK = timedelta(days=90)


@dataclass(frozen=True)
class Difference:
    """One query: how many results before and after, titles that come and go."""

    query: str
    before: int
    after: int
    come: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def is_none(self) -> bool:
        """Whether nothing changes."""
        return not self.come and not self.gone and self.before == self.after


def commonest(day: date) -> list[str]:
    """The commonest queries of the last three months."""
    return [each.text for each in popular(day - _LOOKED_BACK, limit=COMMONEST)]


def preview(
    *, line: LexiconLine | None, kind: str, text: str, queries: Sequence[str], at: datetime
) -> list[Difference]:
    """The queries, as everybody sees their results, with the lexicon as it is and with a line added or changed
    (with an empty text: taken out)."""
    others = LexiconLine.objects.exclude(pk=line.pk) if line else LexiconLine.objects.all()
    lines = list(others.values_list("kind", "text"))
    changed = lexicon_of([*lines, *([(kind, text)] if text else [])])
    return [_difference(query, current_lexicon(), changed, at) for query in queries]


def _difference(query: str, old: Lexicon, new: Lexicon, at: datetime) -> Difference:
    before, after = _titles(query, old, at), _titles(query, new, at)
    come = tuple(title for key, title in after.items() if key not in before)
    gone = tuple(title for key, title in before.items() if key not in after)
    return Difference(query, len(before), len(after), come[:3], gone[:3])


def _titles(query: str, lexicon: Lexicon, at: datetime) -> dict[str, str]:
    answer: Answer = Finder(POSTGRES, Scope(Reader(), at), lexicon, lambda: current_vocabulary(current_lexicon())).find(
        query
    )
    return {each.candidate.key: each.candidate.title for each in answer.ranked}
