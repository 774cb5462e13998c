"""What the planner says and the engines render: groups of alternatives, ANDed; a step may be an OR of such ANDs."""

from dataclasses import dataclass
from itertools import combinations

from search.planning.tokens import Term

LITERAL, SUBWORDS, SYNONYM = 1.0, 0.8, 0.6


@dataclass(frozen=True)
class Alternative:
    """One way to say a group: all its terms must be there."""

    words: tuple[str, ...]
    terms: tuple[Term, ...]
    weight: float


@dataclass(frozen=True)
class Group:
    """A word of the query with what stands for it; the first alternative is the word itself."""

    word: str
    alternatives: tuple[Alternative, ...]

    def literal(self) -> "Group":
        """Only the word itself."""
        return Group(self.word, self.alternatives[:1])


@dataclass(frozen=True)
class Step:
    """Plain boolean: any of `sets` holds, each an AND of groups."""

    sets: tuple[tuple[Group, ...], ...]


@dataclass(frozen=True)
class Plan:
    """A query, cut. `text` is its normalised form; `parts` are the groups of long words cut further (last step)."""

    text: str
    groups: tuple[Group, ...]
    parts: tuple[Group, ...]

    @property
    def literal(self) -> Step:
        """Every word as typed."""
        return Step((tuple(group.literal() for group in self.groups),))

    @property
    def widened(self) -> Step:
        """Every word or what stands for it."""
        return Step((self.groups,))

    @property
    def has_synonyms(self) -> bool:
        """Whether widening changes anything."""
        return any(len(group.alternatives) > 1 for group in self.groups)


def partial_step(plan: Plan, idf: list[float], share: float) -> Step | None:
    """Any subset of `plan.parts` that holds at least `share` of the summed idf; the smallest such subsets suffice."""
    total, numbers = sum(idf), range(len(plan.parts))
    if len(plan.parts) < 2 or not total:
        return None
    kept: list[tuple[int, ...]] = []
    for size in range(1, len(plan.parts)):
        for subset in combinations(numbers, size):
            heavy = sum(idf[i] for i in subset) >= share * total
            if heavy and not any(set(smaller) <= set(subset) for smaller in kept):
                kept.append(subset)
    return Step(tuple(tuple(plan.parts[i] for i in subset) for subset in kept)) if kept else None
