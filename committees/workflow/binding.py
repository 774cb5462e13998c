"""Ties a flow table to a model, its rules and its consequences; rooms register here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from committees.workflow.flow import Flow, Move
from committees.workflow.models import DeskEntry, Trail
from tenants.models import User
from tenants.verdicts import Verdict


@dataclass(frozen=True)
class Asking:
    """What a guard or a role rule is asked about."""

    row: Any
    move: Move
    by: User | None
    at: datetime
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


#: Which of the flow's roles a person holds towards a row at a moment.
Roles = Callable[[Any, User | None, datetime], frozenset[str]]
Guard = Callable[[Asking], Verdict]


@dataclass(frozen=True)
class Binding:
    """`desk` gives the open entries that stand after a move; `told` write down, in the move's transaction, who is told
    what; `heard` are told after commit. Neither decides anything."""

    flow: Flow
    model: type[Model]
    roles: Roles
    guards: Mapping[str, Guard] = field(default_factory=dict)
    desk: Callable[[Any, Trail], list[DeskEntry]] = lambda row, trail: []
    told: tuple[Callable[[Any, Trail], None], ...] = ()
    heard: tuple[Callable[[Any, Trail], None], ...] = ()


_bindings: dict[str, Binding] = {}


def bind(binding: Binding) -> Binding:
    """Register a flow; a table with faults or a guard without a rule stops the start."""
    faults = binding.flow.faults()
    faults += [f"no rule for guard {m.guard}" for m in binding.flow.moves if m.guard and m.guard not in binding.guards]
    if faults:
        raise ValueError(f"flow {binding.flow.name}: {'; '.join(faults)}")
    _bindings[binding.model._meta.label] = binding
    return binding


def binding_of(model: type[Model]) -> Binding:
    """The binding of a model that moves; KeyError for another."""
    return _bindings[model._meta.label]


def all_bindings() -> list[Binding]:
    """Every registered flow (for documentation and property tests)."""
    return list(_bindings.values())


Reason = str | Promise
