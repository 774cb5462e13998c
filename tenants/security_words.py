"""The security log in words: what each fact of a line is called, and what its value means."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from tenants.models import AssociationRole, Invitation, InvitationKind, SchoolRole, SecurityEvent, User

Text = str | Promise

#: key of `facts` -> what it is called. Every key written by record_event stands here (tests/tenants/test_security.py).
NAMES: dict[str, Text] = {
    "address": gettext_lazy("address"),
    "changed": gettext_lazy("changed"),
    "code": gettext_lazy("school asked for"),
    "committee": gettext_lazy("committee"),
    "count": gettext_lazy("how many"),
    "into": gettext_lazy("merged into"),
    "invitation": gettext_lazy("invitation for"),
    "key": pgettext_lazy("of a program", "key"),
    "kind": gettext_lazy("kind"),
    "known": gettext_lazy("name is known"),
    "left": gettext_lazy("left"),
    "method": gettext_lazy("request"),
    "nonce": gettext_lazy("browser had begun the way"),
    "number": gettext_lazy("number"),
    "path": gettext_lazy("page"),
    "person": gettext_lazy("person"),
    "reason": gettext_lazy("reason"),
    "role": gettext_lazy("role"),
    "scopes": pgettext_lazy("a key", "opens"),
    "seat": gettext_lazy("seat"),
    "second_step": gettext_lazy("with second step"),
    "undone": gettext_lazy("end undone"),
    "until": pgettext_lazy("last day", "until"),
    "version": gettext_lazy("version"),
    "what": gettext_lazy("what"),
}
#: value -> word, for the keys whose values are words of ours. Upper rooms add theirs (the roster: kinds of seats).
VALUES: dict[str, dict[str, Text]] = {
    "role": {**dict(SchoolRole.choices), **dict(AssociationRole.choices)},
    "kind": dict(InvitationKind.choices),
    "changed": {"name": gettext_lazy("Name"), "phone": gettext_lazy("Mobile phone"), "email": gettext_lazy("E-mail")},
    "what": {
        "security_log": gettext_lazy("Security log"),
        "board": gettext_lazy("Board"),
        "payload": gettext_lazy("sealed data"),
        "evidence": gettext_lazy("sealed evidence"),
    },
}
_PEOPLE = ("person", "into")


def names_in(rows: Iterable[SecurityEvent]) -> dict[str, str]:
    """Names of the people and invitations that the lines speak of, by public id; two queries for any number of lines."""
    rows = list(rows)
    people = {found for row in rows for key in _PEOPLE if (found := _uuid(row.facts.get(key)))}
    invitations = {found for row in rows if (found := _uuid(row.facts.get("invitation")))}
    named: dict[str, str] = {}
    if people:
        rows_of_people = User.objects.filter(public_id__in=people).values_list("public_id", "name", "account")
        named |= {str(public_id): f"{name} ({account})" for public_id, name, account in rows_of_people}
    if invitations:
        asked = Invitation.objects.filter(public_id__in=invitations).values_list("public_id", "name")
        named |= {str(public_id): name for public_id, name in asked}
    return named


def in_words(facts: Mapping[str, Any], named: Mapping[str, str]) -> str:
    """One line's facts as a person reads them; an unknown key stays as it was written."""
    separator = pgettext("between facts", "; ")
    said = ((str(NAMES.get(key, key)), _value(key, value, named)) for key, value in sorted(facts.items()))
    return separator.join(_("%(fact)s: %(value)s") % {"fact": fact, "value": value} for fact, value in said)


def _value(key: str, value: Any, named: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return pgettext("between names", ", ").join(_value(key, item, named) for item in value)
    text = str(value)
    return str(VALUES.get(key, {}).get(text) or named.get(text, text))


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
