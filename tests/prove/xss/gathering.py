"""Typing payloads into every form, and gathering all pages, mails and files that show what was typed."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from committees.filings import actions
from committees.filings.models import DraftEvidence
from tenants.clock import database_now, local_day
from tenants.context import school_scope
from tenants.models import Invitation, Membership
from tests.committees.filings.school.ground import AT, VALUES, Case, make_case
from tests.ground.clients import association_client, school_client

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@dataclass
class Gathered:
    """What came out: pages by where they stand, and what a file holds."""

    pages: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)

    def add(self, answer: Any, where: str) -> None:
        """Keep an answer."""
        if answer.status_code in {301, 302} or not answer.headers.get("Content-Type"):
            return
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        kind = answer.headers["Content-Type"]
        if kind.startswith("text/html"):
            self.pages.append((where, body.decode()))
        else:
            self.files.append((where, body))

    def walk(self, client: Any, *paths: str) -> None:
        """Keep what these addresses show, in both languages."""
        for path in paths:
            self.add(client.get(path), path)
        self.add(client.get(f"/en{paths[0]}"), f"/en{paths[0]}")

    def take_mails(self) -> None:
        """Keep the mails that went out."""
        for message in mail.outbox:
            for content, _kind in getattr(message, "alternatives", []):
                self.pages.append((f"mail {message.subject[:30]}", content))
            assert "\n" not in message.subject
        mail.outbox.clear()


def people(cast: Any, text: str, out: Gathered) -> None:
    """Invitations, members, own account, the office's lists, seats."""
    head, clerk = school_client(cast.school_a, cast["head_a"]), association_client(cast["clerk_a"])
    secretary, office = association_client(cast["secretary"]), association_client(cast["system_admin"])
    today = local_day(database_now()).isoformat()
    invited = {"role": "clerk", "name": text, "post": text, "phone": text, "email": text, "starts_on": today}
    out.add(head.post("/people/invite/", invited), "invite refused")
    out.add(head.post("/people/invite/", {**invited, "phone": "", "email": ""}), "invite")
    row = Membership.objects.get(user=cast["clerk_a"])
    out.add(head.post(f"/people/{row.public_id}/", {"role": "clerk", "post": text}), "member")
    out.add(clerk.post("/account/", {"name": text, "phone": text, "email": text, "password": text}), "account")
    out.add(clerk.post("/account/", {"name": text, "phone": "", "email": "clerk_a@example.test"}), "account")
    out.walk(clerk, "/account/", "/desk/")
    newest = Invitation.objects.filter(school=cast.school_a).order_by("pk").last()
    out.walk(head, f"/people/{row.public_id}/", f"/people/invitations/{newest.public_id}/")
    opened = {"name_zh": text, "name_en": text, "code": text, "type": "undergraduate"}
    out.add(secretary.post("/office/schools/open/", opened), "open")
    out.add(secretary.get("/office/schools/open/code/", {"code": text}), "code")
    code = cast.school_a.code
    out.add(secretary.post(f"/office/schools/{code}/head/", invited), "head refused")
    out.add(secretary.post(f"/office/schools/{code}/head/", {**invited, "phone": "", "email": ""}), "head")
    seat = {
        "kind": "officer",
        "account": text,
        "name": text,
        "phone": text,
        "email": text,
        "task": text,
        "starts_on": today,
    }
    out.add(secretary.post(f"/office/committees/{cast.committee.code}/", seat), "seat")
    known = {**seat, "account": "stranger", "name": "", "phone": "", "email": ""}
    out.add(secretary.post(f"/office/committees/{cast.committee.code}/", known), "seat of a known person")
    out.add(office.post("/office/people/", {**seat, "role": "editor"}), "post")
    out.add(secretary.get("/office/schools/", {"q": text, "sort": text}), "find schools")


def people_lists(cast: Any, out: Gathered) -> None:
    """The lists that show all that was typed about people so far."""
    head, secretary = school_client(cast.school_a, cast["head_a"]), association_client(cast["secretary"])
    code = cast.school_a.code
    out.walk(head, "/people/", "/desk/")
    out.walk(secretary, "/office/schools/", f"/office/schools/{code}/", f"/office/committees/{cast.committee.code}/")
    out.walk(association_client(cast["system_admin"]), "/office/people/")


def strangers(cast: Any, text: str, out: Gathered) -> None:
    """What somebody who is not signed in can type: addresses, searches, the sign-in; and who reads of it."""
    visitor, auditor = association_client(), association_client(cast["audit_admin"])
    out.add(visitor.post("/accounts/login/", {"login": text, "password": text}), "login")
    out.add(visitor.post("/accounts/password/reset/", {"email": text}), "reset")
    out.add(visitor.post("/accounts/invitation/", {"code": text}), "code")
    for path in ("/news/", "/mailbox/", "/energy/bulletins/", "/accounts/login/", "/nothing/here/"):
        out.add(
            visitor.get(path, {"q": text, "to": text, "kind": text, "type": text, "sort": text, "next": text}), path
        )
    out.add(visitor.get(f"/{text.replace('?', '').replace('#', '')}/"), "an address")
    out.add(
        visitor.get("/", headers={"User-Agent": text.replace("\t", ""), "Referer": text.replace("\t", "")}), "header"
    )
    out.add(auditor.get("/office/security/", {"q": text, "action": text, "outcome": text}), "find events")
    out.walk(auditor, "/office/security/", "/office/security/export/")


def begun(cast: Any) -> Case:
    """A return that is being filled in, whole."""
    case = make_case(cast)
    case.begin()
    case.write(VALUES)
    return case


def returns(case: Case, texts: list[str], out: Gathered) -> None:
    """Figures, notes, evidence, workbook, the words of moves, questions and reasons of the committee."""
    whole = " ".join(texts)
    _fill_in(case, texts, whole, out)
    _send(case, whole, out)
    _check(case, whole, out)


def _fill_in(case: Case, texts: list[str], whole: str, out: Gathered) -> None:
    clerk = case.client()
    for number, text in enumerate(texts):
        name = f"{text}.pdf"
        out.add(
            clerk.post(
                f"{case.path}evidence/", {"file": SimpleUploadedFile(name, PDF + str(number).encode())}, follow=True
            ),
            "file",
        )
        out.add(
            clerk.post(f"{case.path}evidence/", {"file": SimpleUploadedFile(name, b"<html>")}, follow=True), "no file"
        )
        out.add(clerk.post(f"{case.path}upload/", {"workbook": SimpleUploadedFile(f"{text}.xlsx", b"MZ")}), "workbook")
        out.add(
            clerk.post(
                f"{case.path}prepare/save/",
                {"q-water": text, "u-water": text, "n-water": text, "fix": text, "mine": text, "revision": text},
                headers={"HX-Request": "true"},
            ),
            "save",
        )
        if number % 20 == 19:
            with school_scope(case.filing.school):
                DraftEvidence.objects.all().delete()
    out.add(
        clerk.post(f"{case.path}prepare/", {"q-water": texts[0], "n-water": whole, "do": "save"}, follow=True),
        "prepare",
    )
    out.walk(
        clerk,
        f"{case.path}prepare/?check=1",
        f"{case.path}guide/",
        case.path,
        f"{case.path}upload/",
        "/filings/",
        "/desk/",
    )
    out.add(clerk.get("/filings/", {"q": texts[0], "state": texts[1], "period": texts[2]}), "find")


def _send(case: Case, whole: str, out: Gathered) -> None:
    head, cast = case.client("head_a"), case.cast
    case.write({**VALUES})
    with school_scope(case.filing.school):
        actions.request_approval(filing=case.filing, by=cast["clerk_a"], at=AT)
    out.walk(head, case.path, f"{case.path}send_back/", f"{case.path}file/")
    out.add(head.post(f"{case.path}send_back/", {"reason": whole[:1990]}, follow=True), "send back")
    with school_scope(case.filing.school):
        if case.state() == "started":
            actions.request_approval(filing=case.filing, by=cast["clerk_a"], at=AT)
        actions.file(filing=case.filing, by=cast["head_a"], at=AT + timedelta(hours=1))


def _check(case: Case, whole: str, out: Gathered) -> None:
    clerk, cast = case.client(), case.cast
    officer, code = association_client(cast["officer"]), cast.committee.code
    room, at = f"/committees/{code}", f"/committees/{code}/filings/{case.filing.public_id}/"
    out.walk(officer, at, f"{room}/", f"{room}/board/", f"{room}/calls/", "/desk/")
    out.add(officer.post(f"{at}decide/", {"do": "refuse", "reason": ""}), "no reason")
    out.add(
        officer.post(
            f"{at}decide/",
            {"do": "return_items", "item-water": whole[:1900], "reason": whole[:1900], "q-water": whole[:1900]},
        ),
        "questions",
    )
    case.filing.refresh_from_db()
    if case.filing.state == "filed":
        actions.return_items(
            filing=case.filing, items={"water": whole[:1900]}, by=cast["officer"], at=AT + timedelta(hours=2)
        )
    out.walk(officer, at, f"{room}/board/")
    out.walk(clerk, case.path, f"{case.path}prepare/", "/filings/", "/desk/")
    for form in ("csv", "xlsx"):
        out.add(officer.get(f"{room}/board.{form}"), form)
    out.add(clerk.get(f"{case.path}workbook/"), "workbook")
    out.add(clerk.get(f"{case.path}versions/1.json"), "payload")


def calls(cast: Any, text: str, out: Gathered) -> None:
    """The words of a call, refused and kept, and the reason of its cancelling."""
    officer, room = association_client(cast["officer"]), f"/committees/{cast.committee.code}"
    fields = {"title_zh": text, "title_en": text, "text": text, "attribution": text, "period": text}
    out.add(
        officer.post(
            f"{room}/calls/new/", {**fields, "asks": text, "opens_on": text, "due_on": text, "disclosure": text}
        ),
        "new",
    )
    opened = make_case(cast).call
    call = actions.draft_call(
        committee=cast.committee, kind=opened.kind, form=opened.form, period="2024", title_zh=text, title_en=text,
        text=text, opens_on=opened.opens_on, due_on=opened.due_on, by=cast["officer"], at=AT,
    )  # fmt: skip
    actions.open_call(call=call, schools=[cast.school_a], by=cast["officer"], at=AT)
    filing = call.filings.get()
    clerk = school_client(cast.school_a, cast["clerk_a"])
    at = f"{room}/calls/{call.public_id}/"
    out.walk(officer, at, f"{room}/", f"{room}/calls/", f"{room}/board/", "/desk/")
    out.walk(clerk, f"/filings/{filing.public_id}/", "/filings/", "/desk/")
    out.add(officer.get(f"{room}/board/", {"q": text, "kind": text, "s": text}), "find")
    out.add(officer.post(f"{at}move/", {"do": "cancel", "reason": text}, follow=True), "cancel")
    out.add(officer.get(f"{room}/board.csv"), "csv")
    out.add(officer.get(f"{room}/board.xlsx"), "xlsx")
