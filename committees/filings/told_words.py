"""What each move of a call or a return tells, to whom, and in which words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from committees.notices.messages import Text


@dataclass(frozen=True)
class Told:
    """To whom (a school's roles; officer: the committee's deciding seats), the title and the sentence. Values: title (of
    the call), school, committee, number, due (day), who."""

    groups: tuple[str, ...]
    title: Text
    words: Text
    is_duty: bool = True


MEMBERS = ("clerk", "head")
FILING_MOVES: dict[str, Told] = {
    "request_approval": Told(
        ("head",), _("Waits for your approval: %(title)s"),
        _("%(who)s has filled in the return and sent it to you. Read it, then file it or give it back."),
    ),
    "send_back": Told(
        ("clerk",), _("Given back to you: %(title)s"), _("%(who)s has read the return and gives it back to you."),
    ),
    "file": Told(
        ("officer", "clerk"), _("Filed: %(school)s, %(title)s"),
        _("%(school)s has filed its return under the number %(number)s."), is_duty=False,
    ),
    "file_scan": Told(
        ("officer", "head"), _("Filed: %(school)s, %(title)s"),
        _("%(school)s has filed its return under the number %(number)s, with the stamped scan."), is_duty=False,
    ),
    "ask_correction": Told(
        ("officer",), _("Asks for a correction: %(school)s, %(title)s"),
        _("%(school)s asks to correct its accepted return %(number)s. Open it or decline."),
    ),
    "grant_correction": Told(
        MEMBERS, _("Open for correction: %(title)s"),
        _("%(committee)s has opened your return %(number)s. The old version counts until the new one is accepted."),
    ),
    "deny_correction": Told(
        MEMBERS, _("Correction declined: %(title)s"),
        _("%(committee)s does not open your return %(number)s. The accepted version goes on counting."), is_duty=False,
    ),
    "order_correction": Told(
        MEMBERS, _("Please correct: %(title)s"),
        _("%(committee)s asks you to correct your accepted return %(number)s. Until then the old figures count."),
    ),
    "keep_old": Told(
        MEMBERS, _("Correction not accepted: %(title)s"),
        _("%(committee)s has not accepted the corrected version of %(number)s. The one before goes on counting."),
        is_duty=False,
    ),
    "return_items": Told(
        MEMBERS, _("Sent back with questions: %(title)s"),
        _("%(committee)s has questions about your return %(number)s. Mend or confirm the items, then file."),
    ),
    "accept": Told(
        MEMBERS, _("Accepted: %(title)s"),
        _("%(committee)s has accepted your return %(number)s. There is nothing more to do."), is_duty=False,
    ),
    "refuse": Told(
        MEMBERS, _("Refused: %(title)s"), _("%(committee)s has refused your return %(number)s."), is_duty=False,
    ),
    "say_none": Told(
        ("officer", "head"), _("“No such item here”: %(school)s, %(title)s"),
        _("%(who)s says for %(school)s that there is nothing to report. The committee confirms it, or asks."), is_duty=False,
    ),
    "confirm_none": Told(
        MEMBERS, _("Confirmed, nothing to report: %(title)s"),
        _("%(committee)s has confirmed that you have no such item. There is nothing more to do."), is_duty=False,
    ),
    "decline_none": Told(
        MEMBERS, _("The return is asked for: %(title)s"),
        _("%(committee)s does not agree that there is nothing to report. Please fill in by %(due)s."),
    ),
    "extend": Told(MEMBERS, _("More time: %(title)s"), _("%(committee)s gives you until %(due)s.")),
    "waive": Told(
        MEMBERS, _("Waived: %(title)s"),
        _("%(committee)s does not need this return from you. There is nothing more to do."), is_duty=False,
    ),
    "reopen": Told(
        MEMBERS, _("Opened again: %(title)s"), _("%(committee)s has opened this return again. It is due on %(due)s."),
    ),
    "renew": Told(
        MEMBERS, _("The form has changed: %(title)s"),
        _("%(committee)s has changed the form. What you filled in is carried over; read it and send it again."),
    ),
    "release": Told(
        MEMBERS, _("No longer due: %(title)s"),
        _("This return is no longer due. What you prepared stays readable in your own books."), is_duty=False,
    ),
}  # fmt: skip

#: What passes between a committee and the commission over a call that both issue; the others of its moves are told to the
#: commission alone, which has its name under it.
CO_ISSUE_MOVES: dict[str, Told] = {
    "propose": Told(
        ("commission",), _("To agree to: %(title)s"),
        _("%(committee)s wants to issue this call together with you. Read it, then agree or give it back."),
    ),
    "take_back": Told(
        ("commission",), _("Taken back: %(title)s"),
        _("%(committee)s changes this call; it will ask for your agreement again."), is_duty=False,
    ),
    "agree": Told(
        ("officer",), _("Agreed by the commission: %(title)s"),
        _("The education commission puts its name beside yours. You can open the call now."),
    ),
    "decline": Told(
        ("officer",), _("Given back by the commission: %(title)s"),
        _("The education commission does not agree to this call as it is. Change it and send it again."),
    ),
    **{
        move: Told(("commission",), title, _("A call that you issue together with %(committee)s has moved."), is_duty=False)
        for move, title in (
            ("open", _("Open: %(title)s")), ("reword", _("The call has changed: %(title)s")),
            ("change_form", _("The form has changed: %(title)s")), ("close", _("Call closed: %(title)s")),
            ("cancel", _("Cancelled: %(title)s")),
        )
    },
}  # fmt: skip

#: Told to the schools that have not filed (open, add_schools: to those just addressed).
CALL_MOVES: dict[str, Told] = {
    "open": Told(MEMBERS, _("New return: %(title)s"), _("%(committee)s asks for this return by %(due)s.")),
    "add_schools": Told(MEMBERS, _("New return: %(title)s"), _("%(committee)s asks for this return by %(due)s.")),
    "reword": Told(
        MEMBERS, _("The call has changed: %(title)s"),
        _("%(committee)s has changed the text of the call; the return shows what is new. It is due on %(due)s."),
    ),
}  # fmt: skip
