"""Schools at every stage before a filing and between two, each with words and values that must not leave it."""

from dataclasses import dataclass, field
from datetime import timedelta

from committees.filings import actions, duty_actions
from committees.filings.models import Call, Filing
from committees.filings.series_actions import define_series
from committees.roster.models import Committee
from tenants.context import school_scope
from tenants.models import Membership, School, User
from tests.committees.filings.committee.ground import AT, DUE, bring, entries_of, make_call, more_schools
from tests.ground.cast import Cast

#: A value that schools typed and did not file, as pages and files may write it.
SECRET = 918273645
SECRETS = (str(SECRET), "918,273,645", "918 273 645")
DRAFT_TITLE = "尚未发出的通知甲乙丙"


@dataclass
class Ground:
    """One open call: `unfiled` are cases that were never filed, `again` filed ones whose next version is in preparation,
    `filed` one that waits to be checked, `accepted` one that counts."""

    call: Call
    draft: Call
    filed: Filing
    accepted: Filing
    again: dict[str, Filing]
    unfiled: list[Filing] = field(default_factory=list)
    series_id: str = ""

    def secrets(self) -> list[str]:
        """What the commission must not read anywhere: schools that have filed nothing, values in preparation, a draft."""
        named = [one.school.name_zh for one in self.unfiled]
        ids = [str(one.public_id) for one in self.unfiled] + [str(one.school.public_id) for one in self.unfiled]
        return [*named, *ids, *SECRETS, DRAFT_TITLE, self.draft.number, str(self.draft.public_id)]


def stages_of_unfiled(cast: Cast) -> Ground:
    """The whole ground: 5 schools that filed nothing, 3 between two versions, 2 that filed."""
    schools = more_schools(10)
    call = make_call(cast, schools)
    unfiled = [
        bring(cast, call, schools[0], "addressed"),
        bring(cast, call, schools[1], "started", electricity_buildings=SECRET),
        bring(cast, call, schools[2], "approval_requested", electricity_buildings=SECRET),
        bring(cast, call, schools[3], "started", electricity_buildings=SECRET),
        bring(cast, call, schools[4], "addressed"),
    ]
    officer = cast["officer"]
    later = DUE + timedelta(days=10)
    duty_actions.extend(filing=unfiled[3], due_on=later, reason="宽限事由丁", by=officer, at=AT + timedelta(days=1))
    duty_actions.waive(filing=unfiled[4], reason="免报事由戊", by=officer, at=AT + timedelta(days=1))
    again = {
        "answered": _answering(cast, call, schools[5]),
        "with_head": _answering(cast, call, schools[6], to_head=True),
        "withdrawn": _withdrawn(cast, call, schools[7]),
    }
    return Ground(
        call, _draft(cast), bring(cast, call, schools[8], "filed"), bring(cast, call, schools[9], "accepted"), again,
        unfiled, _series(cast),
    )  # fmt: skip


def _answering(cast: Cast, call: Call, school: School, *, to_head: bool = False) -> Filing:
    """Returned, and the school is at work on its next version."""
    filing = bring(cast, call, school, "returned")
    with school_scope(school):
        actions.answer(filing=filing, by=_who(filing, "clerk"), at=AT + timedelta(days=3))
        _write_secret(filing)
        if to_head:
            actions.request_approval(filing=filing, by=_who(filing, "clerk"), at=AT + timedelta(days=3, hours=2))
    return filing


def _withdrawn(cast: Cast, call: Call, school: School) -> Filing:
    """Taken back by its head, and at work on it again."""
    filing = bring(cast, call, school, "filed")
    with school_scope(school):
        actions.withdraw(filing=filing, reason="撤回", by=_who(filing, "head"), at=AT + timedelta(days=3))
        _write_secret(filing)
    return filing


def _write_secret(filing: Filing) -> None:
    entries, at = entries_of(electricity_buildings=SECRET), AT + timedelta(days=3, hours=1)
    actions.save_draft(filing=filing, entries=entries, revision=None, by=_who(filing, "clerk"), at=at)


def _who(filing: Filing, role: str) -> User:
    return Membership.objects.filter(school=filing.school, role=role).select_related("user").latest("pk").user


def _draft(cast: Cast) -> Call:
    return make_call(cast, [], period="2026", title_zh=DRAFT_TITLE, title_en="Draft not sent yet")


def _series(cast: Cast) -> str:
    words = {
        "kind": "energy-annual", "form_code": "energy-annual", "every": "year", "title_zh": "{period}", "title_en": "{period}",
        "disclosure": "totals", "next_period": "2027",
    }  # fmt: skip
    committee = Committee.objects.get(code=cast.committee.code)
    return str(define_series(committee=committee, words=words, by=cast["officer"], at=AT).public_id)
