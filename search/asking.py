"""One search as a page shows it: the chosen facets, order and page; groups, counts, extracts; and what went wrong."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from search.engines.engine import Chosen, Engine, EngineDown, Row, Scope
from search.finding import Answer, Finder, narrowed, row_of
from search.lexicons import current_lexicon, current_vocabulary
from search.planning.marks import Bit, extract, marked
from search.planning.pinyin import typed_lead
from search.planning.planner import LONGEST
from search.planning.ranking import Ranked
from search.switchboard import ask

PAGE = 20
MOST_PAGES = 50
#: Of each kind so many are shown while no kind is chosen.
PER_KIND = 5
SUGGESTED = 8
RELEVANCE, NEWEST = "", "date"
FACETS = ("kind", "column", "committee", "school_id", "year")
#: How facets are called in an address.
WORDS = {"kind": "kind", "column": "column", "committee": "committee", "school_id": "school", "year": "year"}


@dataclass(frozen=True)
class Query:
    """What a reader asks for; the same as its address."""

    text: str = ""
    chosen: Chosen = field(default_factory=Chosen)
    order: str = RELEVANCE
    page: int = 1
    #: Look for the words as typed, whatever they may have been meant to be.
    as_typed: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Query":
        """Read from an address; what cannot be is left out."""
        chosen = Chosen(
            asked.get("kind", "")[:30], asked.get("column", "")[:60], asked.get("committee", "")[:20],
            _number(asked.get("school", ""), 18), _year(asked.get("year", "")),
        )  # fmt: skip
        text = " ".join(asked.get("q", "").replace("\0", "").split())[:LONGEST]
        page = min(max(_number(asked.get("page", ""), 4) or 1, 1), MOST_PAGES)
        return cls(
            text, chosen, NEWEST if asked.get("order") == NEWEST else RELEVANCE, page, asked.get("as") == "typed"
        )

    def address(self, **changed: Any) -> str:
        """The query as the end of an address, with some parts changed; without a page it is the first."""
        parts: dict[str, Any] = {"q": self.text}
        parts |= {WORDS[facet]: getattr(self.chosen, facet) for facet in FACETS}
        parts |= {"order": self.order, "as": "typed" if self.as_typed else "", **changed}
        return "?" + urlencode({name: value for name, value in parts.items() if value not in {"", None}})


@dataclass(frozen=True)
class Hit:
    """One result."""

    row: Row
    title: list[Bit]
    extract: list[Bit]


@dataclass(frozen=True)
class KindGroup:
    """Results of one kind: the best of them, and how many there are."""

    kind: str
    count: int
    hits: list[Hit]


@dataclass(frozen=True)
class Results:
    """Everything a page of results says. `about`: the total counts pieces of long documents singly."""

    query: Query
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    about: bool = False
    groups: list[KindGroup] = field(default_factory=list)
    facets: dict[str, list[tuple[Any, int]]] = field(default_factory=dict)
    partial: bool = False
    meant: str = ""
    guesses: tuple[str, ...] = ()
    from_fallback: bool = False
    failed: bool = False
    words: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are (at most `MOST_PAGES`)."""
        return min(-(-self.total // PAGE), MOST_PAGES)


def search(query: Query, scope: Scope) -> Results:
    """The results of a query for one reader at one moment."""
    if not query.text:
        return Results(query)
    try:
        (answer, results), fallback = ask(lambda engine: _results(engine, query, scope))
    except EngineDown:
        return Results(query, failed=True)
    return Results(
        **{**results.__dict__, "from_fallback": fallback, "words": tuple(g.word for g in answer.plan.groups)}
    )


def suggest(text: str, scope: Scope) -> list[Row]:
    """Titles that begin like what is typed so far: characters, pinyin or initials. Nothing while no engine answers."""
    lead = typed_lead(text[:LONGEST])
    if not lead or (len(lead) == 1 and lead.isascii()):
        return []
    try:
        rows, _ = ask(lambda engine: engine.suggestions(lead, scope, limit=SUGGESTED * 2))
    except EngineDown:
        return []
    titles: dict[str, Row] = {}
    for row in rows:
        titles.setdefault(row.title, row)
    return list(titles.values())[:SUGGESTED]


def _results(engine: Engine, query: Query, scope: Scope) -> tuple[Answer, Results]:
    lexicon = current_lexicon()
    finder = Finder(engine, scope, lexicon, lambda: current_vocabulary(lexicon), mend=not query.as_typed)
    answer = finder.find(query.text)
    facets = facets_of(answer, query.chosen)
    kept = narrowed(answer, query.chosen)
    total = sum(count for value, count in facets["kind"] if query.chosen.kind in {"", value})
    ranked = _page(engine, answer, kept, query, scope)
    grouped = not query.chosen.kind and query.order == RELEVANCE and len(facets["kind"]) > 1 and query.page == 1
    return answer, Results(
        query, [hit_of(each, answer) for each in ranked], total, answer.is_broad,
        _groups(kept, facets["kind"], answer) if grouped else [], facets, answer.partial, answer.meant, answer.guesses,
    )  # fmt: skip


def _page(engine: Engine, answer: Answer, kept: list[Ranked], query: Query, scope: Scope) -> list[Ranked]:
    """The results of the page asked for: of a broad query first its best, then the rest by date."""
    start = (query.page - 1) * PAGE
    if query.order == NEWEST and not answer.is_broad:
        kept = sorted(kept, key=lambda each: (-(each.candidate.day or date.min).toordinal(), each.candidate.key))
    if not answer.is_broad or answer.step is None:
        return kept[start : start + PAGE]
    best = [] if query.order == NEWEST else kept
    shown = best[start : start + PAGE]
    if missing := PAGE - len(shown):
        rest = engine.rows(
            answer.step, scope, limit=missing, offset=max(0, start - len(best)), chosen=query.chosen,
            without=[each.candidate.key for each in best],
        )  # fmt: skip
        shown += [Ranked(row, 0, near=False) for row in rest]
    return shown


def facets_of(answer: Answer, chosen: Chosen) -> dict[str, list[tuple[Any, int]]]:
    """For each facet its values with counts: under what was chosen among the other facets."""
    if answer.cells is not None:
        seen = [((c.kind, c.column, c.committee, c.school_id, c.year), c.count) for c in answer.cells]
    else:
        rows = map(row_of, answer.ranked)
        seen = [((r.kind, r.column, r.committee, r.school_id, r.day.year if r.day else None), 1) for r in rows]
    return {facet: _counted(seen, number, chosen) for number, facet in enumerate(FACETS)}


def _counted(seen: Iterable[tuple[tuple[Any, ...], int]], number: int, chosen: Chosen) -> list[tuple[Any, int]]:
    asked = [getattr(chosen, facet) for facet in FACETS]
    counts: Counter[Any] = Counter()
    for values, count in seen:
        others = all(a in {"", None, v} for i, (a, v) in enumerate(zip(asked, values, strict=True)) if i != number)
        if others and values[number] not in {"", None}:
            counts[values[number]] += count
    if FACETS[number] == "year":
        return sorted(counts.items(), reverse=True)
    return sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))


def _groups(kept: list[Ranked], counts: list[tuple[str, int]], answer: Answer) -> list[KindGroup]:
    """Kinds in the order of their best hit."""
    found: dict[str, list[Ranked]] = {}
    for each in kept:
        found.setdefault(row_of(each).kind, []).append(each)
    number = dict(counts)
    return [
        KindGroup(kind, number.get(kind, len(ranked)), [hit_of(each, answer) for each in ranked[:PER_KIND]])
        for kind, ranked in found.items()
    ]


def hit_of(ranked: Ranked, answer: Answer) -> Hit:
    """A result with marks on its title and the best stretch of its text."""
    row = row_of(ranked)
    return Hit(row, marked(row.title, answer.plan), extract(row.text, answer.plan) if row.text else [])


def _number(text: str, digits: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def _year(text: str) -> int | None:
    return _number(text, 4) if len(text) == 4 and text >= "1900" else None
