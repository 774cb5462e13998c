"""Recomputes what must always hold: payload hashes, seals, chains, figures, sums. Names every row that does not."""

from collections.abc import Iterator
from decimal import Decimal

from committees.filings.drafts import answer_in
from committees.filings.figures import MixedBases, sums_of
from committees.filings.kinds import kind_of
from committees.filings.models import Call, Filing, FilingVersion, FormVersion
from committees.filings.sealing import Sealing, digest, seal

CHUNK = 200


def broken_invariants() -> Iterator[str]:
    """One line for each row that does not hold; none when all is well."""
    yield from _forms()
    yield from _versions()
    yield from _chains()
    yield from _sums()


def _forms() -> Iterator[str]:
    for row in FormVersion.objects.all():
        if row.form().digest() != row.digest:
            yield f"form {row.code} {row.version}: definition and digest differ"


def _versions() -> Iterator[str]:
    versions = FilingVersion.objects.select_related("form", "filing__call", "filing__school")
    for version in versions.prefetch_related("evidence", "figures").order_by("pk").iterator(CHUNK):
        yield from _faults_of(version)


def _faults_of(version: FilingVersion) -> Iterator[str]:
    where = f"filing {version.number} version {version.version}"
    if digest(version.payload) != version.payload_sha256:
        yield f"{where}: payload and hash differ"
    if seal(version.payload_sha256, sealing_of(version)) != version.seal:
        yield f"{where}: seal does not fit"
    if version.filing.counted_id == version.pk:
        yield from _figure_faults(version, where)
    elif version.figures.all():
        yield f"{where}: has figures but does not count"


def sealing_of(version: FilingVersion) -> Sealing:
    """What stood under the seal of a stored version."""
    evidence = tuple((item.sha256, item.size) for item in version.evidence.all())
    return Sealing(
        version.number, version.version, version.form.code, version.form.version, version.form.digest, evidence,
        version.predecessor,
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
            if not want or not have or (want.total, want.schools) != (have.total, have.schools):
                kept, now = (have.total if have else None), (want.total if want else None)
                yield f"call {call.number}: sum of {code} is {kept}, recomputed {now}"
