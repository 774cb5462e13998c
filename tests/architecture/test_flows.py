"""Every flow of the house is sound: every row can be brought to an end, and people can read where it is."""

import importlib
import pkgutil

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

import committees
from committees.workflow.binding import all_bindings
from committees.workflow.flow import STAYS, Flow, Move, State, Tone
from portal.translations import places
from tests.ground.databases import ROOT


def _tables() -> list[Flow]:
    """The tables in every room's flows module, bound or not yet, and all that are bound."""
    rooms = [room.name for room in pkgutil.iter_modules(committees.__path__, "committees.")]
    found = {id(binding.flow): binding.flow for binding in all_bindings()}
    for room in rooms:
        try:
            module = importlib.import_module(f"{room}.flows")
        except ModuleNotFoundError:
            continue
        found.update({id(value): value for value in vars(module).values() if isinstance(value, Flow)})
    return list(found.values())


FLOWS = _tables()
CHINESE = {entry.key: entry.strings for entry in places.entries(ROOT, places.own_catalogue(ROOT))}
every_flow = pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)


def _reached(flow: Flow, start: str) -> set[str]:
    seen, queue = {start}, [start]
    while queue:
        here = queue.pop()
        for move in flow.moves:
            if here in move.sources and (there := move.lead(here)) not in seen:
                seen.add(there)
                queue.append(there)
    return seen


@every_flow
def test_every_state_is_reached(flow):
    assert _reached(flow, flow.initial) == {state.name for state in flow.states}


@every_flow
def test_from_every_state_an_end_can_be_reached(flow):
    ends = {state.name for state in flow.states if state.final}
    assert ends
    for state in flow.states:
        assert _reached(flow, state.name) & ends, f"{state.name} leads to no end"


@every_flow
def test_only_reopening_leads_out_of_an_end(flow):
    for state in flow.states:
        leaving = [move for move in flow.moves_from(state.name) if move.target != STAYS]
        assert state.final or leaving, state.name
        assert all(move.reopens == state.final for move in leaving), state.name


@every_flow
def test_every_move_has_a_role_a_verb_and_known_states(flow):
    names = {state.name for state in flow.states}
    for move in flow.moves:
        assert move.who, f"{move.name} is nobody's"
        assert set(move.who) <= set(flow.roles), move.name
        assert {*move.sources, *(move.lead(source) for source in move.sources)} <= names, move.name
        assert move.name.isidentifier()
        assert move.name == move.name.lower()
    assert not flow.faults()


@every_flow
def test_labels_are_there_in_both_languages(flow):
    for item in (flow, *flow.states, *flow.moves):
        _check_label(item.name, item.label)
    for role, label in flow.roles.items():
        _check_label(role, label)


def _check_label(name: str, label: object) -> None:
    with translation.override("en"):
        english = str(label)
    assert english, f"{name} has no English label"
    assert english.isascii(), english
    assert CHINESE.get((None, english), ("",))[0], f"{name}: {english!r} has no Chinese"


@every_flow
@given(choices=st.lists(st.integers(min_value=0, max_value=30), max_size=25))
def test_no_walk_gets_stuck(flow, choices):
    state = flow.initial
    for choice in choices:
        moves = flow.moves_from(state)
        if not moves:
            assert flow.state(state).final
            return
        state = moves[choice % len(moves)].lead(state)
    assert flow.moves_from(state) or flow.state(state).final


@pytest.mark.parametrize("binding", all_bindings(), ids=lambda binding: binding.flow.name)
def test_a_bound_model_knows_the_states_of_its_flow(binding):
    field = binding.model._meta.get_field("state")
    assert [name for name, _ in field.choices] == [state.name for state in binding.flow.states]
    assert field.default == binding.flow.initial
    assert {move.guard for move in binding.flow.moves if move.guard} <= set(binding.guards)


def _broken() -> Flow:
    states = (State("a", "a", Tone.TO_DO), State("b", "b", Tone.TO_DO), State("c", "c", Tone.TO_DO, final=True))
    return Flow("broken", "broken", states, (Move("go", "go", ("a",), "b", ("clerk",)),), {"clerk": "clerk"})


@pytest.mark.parametrize(
    "check",
    [
        test_every_state_is_reached,
        test_from_every_state_an_end_can_be_reached,
        test_only_reopening_leads_out_of_an_end,
    ],
)
def test_a_broken_table_is_found(check):
    with pytest.raises(AssertionError):
        check(_broken())
