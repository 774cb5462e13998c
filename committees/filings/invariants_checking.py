"""Whether drawn samples, their checks, and the conversations beside filings still say what they said."""

from collections import defaultdict
from collections.abc import Iterator

from committees.filings.drawing import LEAST, digest_of, draw, size_of
from committees.filings.flows import FILING_FLOW
from committees.filings.message_chain import chain_of
from committees.filings.models import Draw, FilingVersion, ItemCheck, Message
from committees.workflow.models import Trail


def broken_checking() -> Iterator[str]:
    """One line for each draw, check or message that does not hold."""
    yield from _draws()
    yield from _acceptances()
    yield from _messages()


def _draws() -> Iterator[str]:
    for row in Draw.objects.select_related("call"):
        where = f"draw {row.pk} of call {row.call.number}"
        seals = [seal for _number, seal in row.population]
        if (
            digest_of(row.call.number, row.seed, row.percent, row.population, row.drawn, row.by_id, row.at)
            != row.digest
        ):
            yield f"{where}: was changed"
        if row.percent < LEAST or len(row.drawn) < size_of(len(seals), LEAST):
            yield f"{where}: less than {LEAST} % were drawn"
        if draw(seals, row.seed, row.percent) != row.drawn:
            yield f"{where}: the seed draws others than those written down"


def _acceptances() -> Iterator[str]:
    """Whatever was accepted with a draw was in it, and every drawn filing that was accepted had been checked by item."""
    draws = {row.digest: row for row in Draw.objects.select_related("call")}
    checked: dict[int, dict[str, ItemCheck]] = defaultdict(dict)
    for check in ItemCheck.objects.select_related("filing_version__form"):
        checked[check.draw_id][check.filing_version.seal] = check
        wanted = [item.code for item in check.filing_version.form.form().indicators()]
        if check.items != wanted:
            yield f"check {check.pk} of filing {check.filing_version.number}: not every item was ticked"
    trails = list(Trail.objects.filter(flow=FILING_FLOW.name, move="accept", facts__has_key="draw"))
    subjects = [trail.subject for trail in trails]
    seals: dict[tuple[str, int], str] = {
        (str(subject), number): seal
        for subject, number, seal in FilingVersion.objects.filter(filing__public_id__in=subjects).values_list(
            "filing__public_id", "version", "seal"
        )
    }
    latest = _latest_when_accepted(trails)
    for trail in trails:
        where = f"move {trail.version} of {trail.subject}"
        row = draws.get(trail.facts["draw"])
        seal = seals.get((str(trail.subject), latest.get(trail.pk, 0)))
        if row is None or seal not in [each for _number, each in row.population]:
            yield f"{where}: accepted with a draw it was not part of"
        elif seal in row.drawn and (seal not in checked[row.pk] or checked[row.pk][seal].at > trail.at):
            yield f"{where}: drawn, and accepted without having been checked by item"


def _latest_when_accepted(trails: list[Trail]) -> dict[int, int]:
    """The version that was the latest when each acceptance was made: the last one filed before it."""
    found: dict[int, int] = {}
    filed = Trail.objects.filter(subject__in=[trail.subject for trail in trails], facts__has_key="seal").order_by(
        "version"
    )
    by_subject: dict[str, list[Trail]] = defaultdict(list)
    for one in filed:
        by_subject[str(one.subject)].append(one)
    for trail in trails:
        before = [one for one in by_subject[str(trail.subject)] if one.version < trail.version]
        found[trail.pk] = before[-1].facts["version"] if before else 0
    return found


def _messages() -> Iterator[str]:
    chain, filing, number = "", 0, 0
    for message in Message.objects.select_related("filing").order_by("filing", "number").iterator(500):
        expected = 1 if message.filing_id != filing else number + 1
        chain = "" if message.filing_id != filing else chain
        where = f"message {message.number} of filing {message.filing.number or message.filing.public_id}"
        if message.number != expected:
            yield f"{where}: one before it is missing"
        if chain_of(chain, message.filing.public_id, message) != message.chain:
            yield f"{where}: was changed"
        chain, filing, number = message.chain, message.filing_id, message.number
