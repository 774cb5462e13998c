"""The pure flow table: states, moves, who may, with labels. Imports nothing of ours."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise

Text = str | Promise

#: The target of a move that leaves the row where it is (a day is moved, a text is changed): it is in the trail all the same.
STAYS = ""
#: The role of nobody in person: jobs, and what follows by itself from another move.
SYSTEM = "system"


class Tone(StrEnum):
    """What a state looks like: the window of the design (shape first, colour second)."""

    NOT_DUE = "none"
    TO_DO = "todo"
    IN_PROGRESS = "draft"
    WITH_HEAD = "head"
    WITH_COMMITTEE = "sent"
    ACCEPTED = "ok"
    PUBLISHED = "published"
    RETURNED = "back"
    OVERDUE = "late"
    EXEMPT = "exempt"
    CORRECTING = "fixing"


@dataclass(frozen=True)
class State:
    """A state is a participle: drafted, filed, returned. `final`: nothing is due any more; only a move that says so
    (`reopens`) leads out of it again."""

    name: str
    label: Text
    tone: Tone
    final: bool = False


@dataclass(frozen=True)
class Move:
    """A move is a verb. `who` names roles, `guard` a condition of the room; the flow's binding knows both. `target` may
    be `STAYS`; `reopens`: it leads out of a state that was an end."""

    name: str
    label: Text
    sources: tuple[str, ...]
    target: str
    who: tuple[str, ...]
    guard: str | None = None
    needs_reason: bool = False
    tone: str = ""
    reopens: bool = False

    def lead(self, source: str) -> str:
        """The state it leads to from `source`."""
        return self.target or source


@dataclass(frozen=True)
class Flow:
    """A table of states and moves; the first state is the one a row is born in."""

    name: str
    label: Text
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    roles: dict[str, Text] = field(default_factory=dict)

    @property
    def initial(self) -> str:
        """The state a row is born in."""
        return self.states[0].name

    def state(self, name: str) -> State:
        """The state of that name; KeyError if there is none."""
        return {state.name: state for state in self.states}[name]

    def move(self, name: str) -> Move:
        """The move of that name; KeyError if there is none."""
        return {move.name: move for move in self.moves}[name]

    def moves_from(self, state: str) -> list[Move]:
        """The moves that lead out of a state, in the order of the table."""
        return [move for move in self.moves if state in move.sources]

    def choices(self) -> list[tuple[str, Text]]:
        """For a model field."""
        return [(state.name, state.label) for state in self.states]

    def faults(self) -> list[str]:
        """What is wrong with the table; empty when it is sound."""
        return [*self._unknown_names(), *self._unreachable(), *self._dead(), *self._unlabelled()]

    def _unknown_names(self) -> Iterable[str]:
        names = [state.name for state in self.states]
        verbs = [move.name for move in self.moves]
        if len(set(names)) != len(names) or len(set(verbs)) != len(verbs):
            yield "a name stands twice"
        for move in self.moves:
            for name in (*move.sources, move.target or move.sources[0]):
                if name not in names:
                    yield f"{move.name} names an unknown state {name}"
            for role in move.who:
                if role not in self.roles:
                    yield f"{move.name} names an unknown role {role}"

    def _unreachable(self) -> Iterable[str]:
        seen, queue = {self.initial}, deque([self.initial])
        while queue:
            here = queue.popleft()
            for move in self.moves_from(here):
                if (there := move.lead(here)) not in seen:
                    seen.add(there)
                    queue.append(there)
        return (f"{state.name} is never reached" for state in self.states if state.name not in seen)

    def _dead(self) -> Iterable[str]:
        for state in self.states:
            leaving = [move for move in self.moves_from(state.name) if move.target != STAYS]
            if not leaving and not state.final:
                yield f"{state.name} is a dead end but not final"
            if state.final and not all(move.reopens for move in self.moves_from(state.name)):
                yield f"{state.name} is final but has moves"

    def _unlabelled(self) -> Iterable[str]:
        items: tuple[State | Move, ...] = (*self.states, *self.moves)
        for item in items:
            if not str(item.label):
                yield f"{item.name} has no label"
        for move in self.moves:
            if not move.who:
                yield f"{move.name} is nobody's"
