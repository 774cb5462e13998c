"""The reference page of all flows, written from their tables: states, moves, who, and a drawing of each. Pure."""

from collections.abc import Iterable, Iterator
from html import escape

from django.utils.translation import override

from committees.workflow.binding import Binding
from committees.workflow.flow import Flow, Move

ROW, TOP, BOX, LANE = 46, 30, 170, 132
_HEAD = """# Flows

Written by `manage.py flow_docs` from the tables that the portal runs on; do not edit by hand.

Every move is made by one door (`committees/workflow/advance.py`): it locks the row, asks for the role and the guard, refuses
with a reason, writes one trail event and the desk, all in one transaction. A final state is an end: nothing is due any more,
and only a move that reopens leads out of it. A move that “stays” leaves its mark in the trail and the state as it is.
"""


def flows_page(bindings: Iterable[Binding]) -> str:
    """docs/reference/flows.md."""
    with override("en"):
        parts = [_HEAD, *("\n".join(_flow_lines(binding)) + "\n" for binding in bindings)]
    return "\n".join(parts)


def flow_drawing(flow: Flow) -> str:
    """docs/reference/flow-<name>.svg: states from top to bottom; moves forward on the right, backward on the left."""
    with override("en"):
        return "\n".join(_drawing_lines(flow)) + "\n"


def _flow_lines(binding: Binding) -> Iterator[str]:
    flow = binding.flow
    yield f"## {flow.label}\n"
    yield f"Table `{flow.name}`, rows of `{binding.model._meta.label}`. A row is born as “{flow.state(flow.initial).label}”.\n"
    yield f"![States and moves of {flow.name}](flow-{flow.name}.svg)\n"
    yield "| state | name | window | ways out |\n|---|---|---|---|"
    for state in flow.states:
        ways = ", ".join(f"`{move.name}`" for move in flow.moves_from(state.name)) or "final"
        yield f"| {state.label} | `{state.name}` | {state.tone} | {ways} |"
    yield "\n| move | name | from | to | who | condition | reason |\n|---|---|---|---|---|---|---|"
    for move in flow.moves:
        yield _move_line(binding, move)


def _move_line(binding: Binding, move: Move) -> str:
    flow = binding.flow
    sources = ", ".join(str(flow.state(name).label) for name in move.sources)
    who = ", ".join(str(flow.roles[name]) for name in move.who)
    rule = binding.guards[move.guard] if move.guard else None
    guard = (rule.__doc__ or "").split("\n")[0] if rule else "none"
    reason = "needed" if move.needs_reason else "may be given"
    target = flow.state(move.target).label if move.target else "stays"
    return f"| {move.label} | `{move.name}` | {sources} | {target} | {who} | {guard} | {reason} |"


def _drawing_lines(flow: Flow) -> Iterator[str]:
    place = {state.name: TOP + n * ROW for n, state in enumerate(flow.states)}
    drawn = [move for move in flow.moves if move.target]
    ahead = [move for move in drawn if place[move.target] > place[move.sources[0]]]
    back = [move for move in drawn if move not in ahead]
    left = LANE * len(back) + 40
    width, height = left + BOX + LANE * (len(ahead) + 1), TOP * 2 + ROW * len(flow.states)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13" '
        f'role="img" aria-label="{escape(str(flow.label))}">'
    )
    yield '<rect width="100%" height="100%" fill="#fff"/>'
    for x, side, moves in ((left + BOX, 1, ahead), (left, -1, back)):
        for lane, move in enumerate(moves, 1):
            yield _lane(
                [place[name] for name in move.sources], place[move.target], x, side * lane * LANE, str(move.label)
            )
    for state in flow.states:
        yield _box(str(state.label), left, place[state.name], final=state.final)
    yield "</svg>"


def _box(label: str, x: int, y: int, *, final: bool) -> str:
    fill, stroke = ("#fff3d6", "#7d4f0c") if final else ("#fff", "#1a4490")
    return (
        f'<rect x="{x}" y="{y - 14}" width="{BOX}" height="28" rx="3" fill="{fill}" stroke="{stroke}" stroke-width="1.5"/>'
        f'<text x="{x + BOX // 2}" y="{y + 4}" text-anchor="middle">{escape(label)}</text>'
    )


def _lane(starts: list[int], end: int, x: int, reach: int, label: str) -> str:
    """One move: a stub from every source into its lane, one arrow out of it, the verb beside the lane."""
    turn, side = x + reach, 1 if reach > 0 else -1
    stubs = "".join(f"M{x} {start}H{turn}V{end}" for start in starts)
    head = f"M{turn} {end}H{x}M{x + 7 * side} {end - 4}L{x} {end}L{x + 7 * side} {end + 4}"
    where, anchor = (starts[0] + end) // 2 - 4, "end" if reach > 0 else "start"
    return (
        f'<path d="{stubs}{head}" fill="none" stroke="#56636a"/>'
        f'<text x="{turn - 4 * side}" y="{where}" text-anchor="{anchor}" fill="#1a4490">{escape(label)}</text>'
    )
