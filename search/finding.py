"""The ladder: from a query to what is shown. Literal words near each other first; wider only while too little is found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import cast

from search.engines.engine import Cell, Chosen, Engine, Row, Scope
from search.nearing import ASKED_SHARE, GUESSED_SHARE, HELD_SHARE, Weigher, nearest
from search.planning.lexicon import Lexicon
from search.planning.plan import Alternative, Group, Plan, Step, partial_step
from search.planning.planner import plan_query
from search.planning.ranking import Ranked, rank
from search.planning.slips import Vocabulary, meant
from search.planning.tokens import term_of

#: Up to so many pieces are looked at one by one; beyond that a query is broad, and only its best are put in order.
SMALL = 120
#: With so many near, literal hits nothing wider is asked.
ENOUGH = 5
#: Of a broad query: so many with the words in the title, as many with the query as one word, as many of the newest.
POOL = 40
MOST_PARTIAL = 10
MOST_TRIED = 4


@dataclass(frozen=True)
class Answer:
    """What was found. `ranked` is all of it (or, of a broad query, its best); `step` is what the engine was asked;
    `cells` count a broad query. `partial`: not every word is there. `meant`: what was looked for instead of `plan`'s
    original text; `guesses`: what else may have been meant."""

    plan: Plan
    ranked: list[Ranked] = field(default_factory=list)
    step: Step | None = None
    cells: list[Cell] | None = None
    partial: bool = False
    meant: str = ""
    guesses: tuple[str, ...] = ()

    @property
    def is_broad(self) -> bool:
        """Whether there is more than what was put in order."""
        return self.cells is not None


@dataclass(frozen=True)
class Finder:
    """One engine asked for one reader with one lexicon. `vocabulary` is asked for only where a slip is likely."""

    engine: Engine
    scope: Scope
    lexicon: Lexicon
    vocabulary: Callable[[], Vocabulary]
    mend: bool = True

    def find(self, text: str) -> Answer:
        """The answer to a query; where nothing is found, that to what was meant. Raises `EngineDown`."""
        answer = self._climb(plan_query(text, self.lexicon))
        if answer.ranked or not answer.plan.groups:
            return answer
        guesses = list(self._found_guesses(text)) if self.mend else []
        if guesses:
            first, _ = guesses[0]
            found = self._climb(plan_query(first, self.lexicon))
            return replace(found, meant=first, guesses=tuple(other for other, _ in guesses[1:]))
        return self._partial(answer.plan) or self._partial_guess(text) or Answer(answer.plan)

    def _partial_guess(self, text: str) -> Answer | None:
        """What comes close to what was meant, where every word of that is somewhere."""
        if not self.mend:
            return None
        for guess in list(dict.fromkeys(meant(text, self.lexicon, self.vocabulary())))[:MOST_TRIED]:
            plan = plan_query(guess, self.lexicon)
            if len(plan.groups) > 1 and all(self.engine.counts([g.literal() for g in plan.groups], self.scope)):
                found = self._partial(plan, GUESSED_SHARE)
                return replace(found, meant=guess) if found else None
        return None

    def _found_guesses(self, text: str) -> Iterator[tuple[str, Answer]]:
        """What may have been meant and is there. A slip changes a word that is nowhere, so hits must hold all words."""
        tried = dict.fromkeys(meant(text, self.lexicon, self.vocabulary()))
        for guess in list(tried)[:MOST_TRIED]:
            found = self._strict(plan_query(guess, self.lexicon))
            if found.ranked:
                yield guess, found

    def _strict(self, plan: Plan) -> Answer:
        return self._look(plan, plan.literal) or Answer(plan)

    def _climb(self, plan: Plan) -> Answer:
        if not plan.groups:
            return Answer(plan)
        literal = self._look(plan, plan.literal)
        near = _near(literal)
        if literal and (literal.is_broad or len(near) >= ENOUGH or (near and not plan.has_synonyms)):
            return literal if literal.is_broad else replace(literal, ranked=near)
        wide = self._look(plan, plan.widened) if plan.has_synonyms else literal
        if wide is None:
            return Answer(plan)
        if wide.is_broad:
            return replace(literal, ranked=near) if literal and near else wide
        if near := _near(wide):
            return replace(wide, ranked=near)
        # All words, but scattered over the text: what speaks of the matter in one place is closer.
        return self._partial(plan) or wide

    def _look(self, plan: Plan, step: Step) -> Answer | None:
        """All that a step finds, in order; of a broad one its best. None where nothing is found."""
        rows = self.engine.rows(step, self.scope, limit=SMALL + 1)
        if not rows:
            return None
        if len(rows) <= SMALL:
            return Answer(plan, rank(plan, rows), step)
        pools = self.engine.rows(step, self.scope, limit=POOL, titles=True)
        if whole := whole_step(plan):
            pools += self.engine.rows(whole, self.scope, limit=POOL)
        best = {(row.key, row.place): row for row in [*pools, *rows[:POOL]]}
        return Answer(plan, rank(plan, list(best.values())), step, self.engine.cells(step, self.scope))

    def _partial(self, plan: Plan, least: float = HELD_SHARE) -> Answer | None:
        """Nothing holds all words: what holds most of the meaning, ten at most, said to be approximate."""
        if len(plan.parts) < 2:
            return None
        weigher = Weigher(self.engine, self.scope, self.lexicon)
        parts = weigher.parts_of(plan.parts)
        step = partial_step(plan, [part.weight for part in parts], ASKED_SHARE)
        kept = nearest(parts, weigher.candidates(step), least) if step else {}
        if not kept:
            return None
        loose = Plan(plan.text, plan.parts, plan.parts)
        ranked = rank(loose, [row for row, _share in kept.values()])
        ranked.sort(key=lambda each: -kept[each.candidate.key][1])
        return Answer(loose, ranked[:MOST_PARTIAL], step, partial=True)


def whole_step(plan: Plan) -> Step | None:
    """The whole query as one word, where it is more than one."""
    term = term_of(plan.text) if len(plan.groups) > 1 else None
    return Step(((Group(plan.text, (Alternative((plan.text,), (term,), 1.0),)),),)) if term else None


def _near(answer: Answer | None) -> list[Ranked]:
    return [each for each in answer.ranked if each.near] if answer else []


def row_of(ranked: Ranked) -> Row:
    """The row behind a ranked candidate: engines hand out rows."""
    return cast("Row", ranked.candidate)


def narrowed(answer: Answer, chosen: Chosen) -> list[Ranked]:
    """What of an answer has the chosen facets."""
    return [
        each for each in answer.ranked
        if chosen.holds(
            row_of(each).kind, row_of(each).column, row_of(each).committee, row_of(each).school_id, each.candidate.day
        )
    ]  # fmt: skip
