"""Charts and tables of the energy bulletins for texts on the site: what an editor may choose, and each as it stands now."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.figures import PieceRow, TextPiece
from committees.energy.bulletin import Bulletin, read_bulletin, read_head
from committees.energy.bulletin_lines import Wanted, shows_schools
from committees.energy.calls import published_call, published_calls
from committees.energy.layouts import LAYOUTS, name_of
from committees.energy.years import years_like
from committees.filings.kinds import kind_of
from committees.filings.models import Call
from committees.filings.slugs import slug_of

#: What a piece is, as it stands behind the bulletin in a key: `<bulletin>/ranking`, `<bulletin>/trend:<code>`.
RANKING, MIX, TABLE, TREND = "ranking", "mix", "table", "trend"


def piece_choices() -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    """Each published bulletin with what of it may stand in a text, as far as its call discloses."""
    for call in published_calls():
        slug, kind, form = slug_of(call.number), kind_of(call.kind), call.form.form()
        own = [(f"{slug}/{TABLE}", _("table of the totals")), (f"{slug}/{MIX}", _("what the energy is made of"))]
        if shows_schools(call):
            own.insert(0, (f"{slug}/{RANKING}", _("ranking of schools")))
        over = [
            (f"{slug}/{TREND}:{code}", _("over the years: %(name)s") % {"name": name_of(code, kind, form)})
            for code in LAYOUTS[call.kind].tray
        ]
        yield f"{call.period} · {call.title}", [*own, *over]


def read_piece(key: str) -> TextPiece | None:
    """One piece as it stands now; None where its bulletin is not published, or never had such a piece."""
    slug, _slash, what = key.partition("/")
    what, _colon, code = what.partition(":")
    call, read = published_call(slug), _READERS.get(what)
    return read(call, code) if call and read else None


def _ranking(call: Call, _code: str) -> TextPiece | None:
    bulletin = read_bulletin(call, Wanted(), 1)
    rows = [
        PieceRow(
            name=line.name or str(number), value=line.figures.get(bulletin.ranked.code),
            href=reverse("filing_card", args=[line.slug]) if line.slug else "",
        )
        for number, line in enumerate(bulletin.lines, bulletin.first)
    ]  # fmt: skip
    note = ""
    if bulletin.tally.count > len(rows):
        note = _("The first %(shown)s of %(all)s schools, from little to much; the bulletin has them all.") % {
            "shown": len(rows), "all": bulletin.tally.count,
        }  # fmt: skip
    if bulletin.average is None or (not rows and not bulletin.held_back):
        note, rows = _("The call publishes totals only; single schools are not shown."), []
    ranked = bulletin.ranked
    return _piece(bulletin, RANKING, ranked.name, ranked.unit, rows, note)


def _mix(call: Call, _code: str) -> TextPiece | None:
    bulletin = read_head(call)
    rows = [PieceRow(name=part.name, value=part.quantity) for part in bulletin.parts]
    unit = bulletin.parts[0].unit if bulletin.parts else ""
    return _piece(bulletin, MIX, _("What the energy is made of"), unit, rows)


def _table(call: Call, _code: str) -> TextPiece | None:
    bulletin = read_head(call)
    rows = [
        PieceRow(name=f"{one.name} ({one.unit})", value=one.value,
                 href=reverse("bulletin_figure", args=[bulletin.slug, one.code]))
        for one in bulletin.tray
    ]  # fmt: skip
    return _piece(bulletin, TABLE, _("Totals"), _("Value"), rows)


def _trend(call: Call, code: str) -> TextPiece | None:
    if code not in LAYOUTS[call.kind].tray:
        return None
    years, bulletin = years_like(call), read_head(call)
    column = years.column(code)
    rows = [PieceRow(name=year.call.period, value=year.figures.get(code)) for year in years.years]
    if sum(row.value is not None for row in rows) < 2:
        return _piece(bulletin, TABLE, column.name, column.unit, rows)
    return _piece(bulletin, TREND, column.name, column.unit, rows)


_READERS: dict[str, Callable[[Call, str], TextPiece | None]] = {
    RANKING: _ranking, MIX: _mix, TABLE: _table, TREND: _trend,
}  # fmt: skip


def _piece(bulletin: Bulletin, kind: str, name: str, unit: str, rows: Sequence[PieceRow], note: str = "") -> TextPiece:
    """What all pieces share: the bulletin's name, the way to it, the day of its figures, and what must be said."""
    call = bulletin.call
    if bulletin.held_back and kind != TREND:
        rows, note = (
            [],
            _("Held back: fewer than three filings count, and a total would tell what a single school used."),
        )
    elif not note and call.state == "opened":
        note = _("The call is still open: the figures move with each acceptance.")
    return TextPiece(
        kind=kind, title=name, measure=f"{call.title} · {unit}" if unit else call.title, unit=unit, rows=rows,
        href=reverse("bulletin", args=[bulletin.slug]), link=call.title, as_of=_changed(bulletin),
        average=bulletin.average, note=note,
    )  # fmt: skip


def _changed(bulletin: Bulletin) -> datetime | None:
    return max((row.rolled_at for row in bulletin.totals.values()), default=None)
