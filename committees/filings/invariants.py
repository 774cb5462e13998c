"""Recomputes what must always hold: payload hashes, seals, chains, figures, sums. Names every row that does not.

What moved and was decided: invariants_moves.py; the roots of days: daily_roots.py.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from committees.filings.daily_roots import broken_roots
from committees.filings.drafts import answer_in
from committees.filings.figures import MixedBases, sums_of
from committees.filings.invariants_checking import broken_checking
from committees.filings.invariants_duties import earlier_forms
from committees.filings.invariants_joint import broken_joint
from committees.filings.invariants_moves import broken_moves
from committees.filings.kinds import kind_of
from committees.filings.models import (
    ApprovalWay,
    Call,
    DecisionKind,
    Filing,
    FilingVersion,
    FormVersion,
    Spread,
    TypeSum,
)
from committees.filings.sealing import Sealing, approval_line, digest, seal
from committees.filings.spreads import spreads_of, type_sums_of
from tenants.models import School

CHUNK = 200
#: What reading a changed payload, form or coefficient may raise.
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, LookupError, ObjectDoesNotExist)


def broken_invariants() -> Iterator[str]:
    """One line for each row that does not hold; none when all is well."""
    yield from _forms()
    yield from _versions()
    yield from _chains()
    yield from _sums()
    yield from _types()
    yield from broken_moves()
    yield from broken_checking()
    yield from broken_joint()
    yield from broken_roots()


def receipt_faults(receipt: dict[str, Any]) -> Iterator[str]:
    """What differs between a receipt (seal.json, as the school keeps it) and what stands here."""
    where = f"filing {receipt['number']} version {receipt['version']}"
    version = FilingVersion.objects.filter(number=receipt["number"], version=receipt["version"]).first()
    if version is None:
        yield f"{where}: the receipt's version is not here"
    elif version.seal != receipt["seal"]:
        yield f"{where}: the receipt's seal is {receipt['seal']}, here stands {version.seal}"


def _forms() -> Iterator[str]:
    for row in FormVersion.objects.all():
        try:
            form = row.form()
        except UNREADABLE as error:
            yield f"form {row.code} {row.version}: cannot be read ({type(error).__name__}: {error})"
            continue
        if form.digest() != row.digest:
            yield f"form {row.code} {row.version}: definition and digest differ"
        if (form.code, form.version) != (row.code, row.version):
            yield f"form {row.code} {row.version}: the definition is that of {form.code} {form.version}"


def _versions() -> Iterator[str]:
    codes, forms = _codes_of_schools(), earlier_forms()
    versions = FilingVersion.objects.select_related("form", "filing__call", "filing__school", "scan")
    for version in versions.prefetch_related("evidence", "figures", "decisions").order_by("pk").iterator(CHUNK):
        yield from _faults_of(version, codes, forms)


def _codes_of_schools() -> dict[int, set[str]]:
    """Every code a school has or had."""
    schools = School.objects.prefetch_related("retired_codes")
    return {school.pk: {school.code, *(old.code for old in school.retired_codes.all())} for school in schools}


def _faults_of(version: FilingVersion, codes: dict[int, set[str]], forms: dict[UUID, set[int]]) -> Iterator[str]:
    where = f"filing {version.number} version {version.version}"
    if digest(version.payload) != version.payload_sha256:
        yield f"{where}: payload and hash differ"
    if seal(version.payload_sha256, sealing_of(version)) != version.seal:
        yield f"{where}: seal does not fit"
    try:
        yield from _payload_faults(version, codes, where)
        call = version.filing.call
        if version.form_id not in {call.form_id, *forms.get(call.public_id, ())}:
            yield f"{where}: form of the call is {call.form_id}, sealed {version.form_id}"
        if any(decision.kind == DecisionKind.ACCEPTED for decision in version.decisions.all()):
            # What a correction replaced keeps its figures: they were published.
            yield from _figure_faults(version, where)
        elif version.figures.all():
            yield f"{where}: has figures but was never accepted"
        yield from _approval_faults(version, where)
    except UNREADABLE as error:
        yield f"{where}: cannot be read ({type(error).__name__}: {error})"


def _payload_faults(version: FilingVersion, codes: dict[int, set[str]], where: str) -> Iterator[str]:
    """Where the columns beside the payload, by which it is found and counted, say something else than it does."""
    said, form = json.loads(version.payload), version.form
    call = version.filing.call
    pairs = {
        "call": (said["call"], call.number), "kind": (said["kind"], call.kind), "period": (said["period"], call.period),
        "form": (said["form"], {"code": form.code, "version": form.version, "digest": form.digest}),
        "coefficients": (said["coefficients"], version.coefficients),
        "number": (version.number, version.filing.number),
    }  # fmt: skip
    for name, (sealed, beside) in pairs.items():
        if sealed != beside:
            yield f"{where}: {name} is {beside}, sealed {sealed}"
    if said["school"] not in codes[version.filing.school_id]:
        yield f"{where}: stands with another school than {said['school']}"


def _approval_faults(version: FilingVersion, where: str) -> Iterator[str]:
    """Nobody approves alone what he prepared: a second person, or the stamped scan. A scan belongs to its way only."""
    scan = getattr(version, "scan", None)
    if (scan is not None) != (version.way == ApprovalWay.SCAN):
        yield f"{where}: approved by {version.way or 'sign-in'}, scan {'there' if scan else 'missing'}"
    if (version.approved_for_id is not None) != (version.way == ApprovalWay.DEPUTY):
        yield f"{where}: approved by {version.way or 'sign-in'}, for another person or nobody"
    if version.way in (ApprovalWay.SIGNED, ApprovalWay.DEPUTY) and version.prepared_by_id == version.approved_by_id:
        yield f"{where}: prepared and approved by the same person"


def sealing_of(version: FilingVersion) -> Sealing:
    """What stood under the seal of a stored version."""
    evidence = tuple((item.sha256, item.size) for item in version.evidence.all())
    return Sealing(
        version.number, version.version, version.form.code, version.form.version, version.form.digest, evidence,
        version.predecessor, approval_line(version),
    )  # fmt: skip


def _figure_faults(version: FilingVersion, where: str) -> Iterator[str]:
    kind = kind_of(version.filing.call.kind)
    answer = answer_in(version, version.form.form())
    expected = {d.indicator: d for d in kind.figures(answer, kind.coefficients_in(version.coefficients))}
    stored = {figure.indicator: figure for figure in version.figures.all()}
    for code in sorted(expected.keys() | stored.keys()):
        want, have = expected.get(code), stored.get(code)
        if want is None or have is None:
            yield f"{where}: figure {code} is {'too many' if want is None else 'missing'}"
        elif not _same(want.value, have.value) or (want.unit, want.basis) != (have.unit, have.basis):
            yield f"{where}: figure {code} is {have.value} {have.unit}, recomputed {want.value} {want.unit}"
        elif (want.adds_up, version.filing.call_id) != (have.adds_up, have.call_id):
            yield f"{where}: figure {code} is added up elsewhere than it should be"


def _same(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is other
    return round(one, 10) == round(other, 10)


def _chains() -> Iterator[str]:
    before: FilingVersion | None = None
    for version in FilingVersion.objects.order_by("filing_id", "version").iterator(CHUNK):
        same = before is not None and before.filing_id == version.filing_id
        expected = before.seal if same and before else ""
        number = (before.version if same and before else 0) + 1
        if (version.predecessor, version.version) != (expected, number):
            yield f"filing {version.number} version {version.version}: the chain is broken"
        before = version
    for filing in Filing.objects.filter(state="accepted", counted__isnull=True):
        yield f"filing {filing.number}: accepted, but nothing counts"


def _sums() -> Iterator[str]:
    for call in Call.objects.prefetch_related("rollups"):
        try:
            expected = {row.indicator: row for row in sums_of(call)}
        except MixedBases as error:
            yield str(error)
            continue
        stored = {row.indicator: row for row in call.rollups.all()}
        for code in sorted(expected.keys() | stored.keys()):
            want, have = expected.get(code), stored.get(code)
            if not want or not have or _said(want) != _said(have):
                yield f"call {call.number}: sum of {code} is {have and _said(have)}, recomputed {want and _said(want)}"


def _types() -> Iterator[str]:
    """Where sums by type or spreads differ from what counts. A school whose type was
    corrected shows here until the call is rolled up again."""
    for call in Call.objects.prefetch_related("type_sums", "spreads"):
        fresh: list[TypeSum | Spread] = [*type_sums_of(call), *spreads_of(call)]
        kept: list[TypeSum | Spread] = [*call.type_sums.all(), *call.spreads.all()]
        wanted, stored = ({_key(row): _marks(row) for row in rows} for rows in (fresh, kept))
        for key in sorted(wanted.keys() | stored.keys()):
            if wanted.get(key) != stored.get(key):
                yield f"call {call.number}: {' of '.join(key)} is {stored.get(key)}, recomputed {wanted.get(key)}"


def _key(row: TypeSum | Spread) -> tuple[str, str]:
    return row.indicator, row.school_type or "all"


def _marks(row: TypeSum | Spread) -> tuple[object, ...]:
    if isinstance(row, TypeSum):
        return _said(row)
    return (
        row.unit,
        row.schools,
        *(round(mark, 10) for mark in (row.least, row.lower, row.median, row.upper, row.most)),
    )


def _said(row: Any) -> tuple[Decimal, int, str, str]:
    return row.total, row.schools, row.unit, row.basis
