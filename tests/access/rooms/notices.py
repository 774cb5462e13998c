"""Places of notices: one of the officer's and one of a clerk's; the link in a mail; an address in trouble."""

from django.core import signing

from committees.notices import actions
from committees.notices.mailing import SALT
from committees.notices.messages import Both, Letter, Message
from committees.notices.models import MailFailure, Notice
from tenants.context import association_scope
from tests.access.places import Place, place
from tests.committees.filings.core.ground import AT
from tests.ground.cast import Cast


def _told(cast: Cast, key: str) -> Notice:
    message = Message("news", Both("题目", "Title"), Both("一句话", "A sentence"), "/desk/", is_duty=False)
    with association_scope():
        (row,) = actions.tell(letters=[Letter(cast[key], message)], at=AT)
    return row


@place("notice_open")
def _(cast: Cast) -> Place:
    own, foreign = _told(cast, "officer"), _told(cast, "secretary")
    others = tuple(key for key in cast if key != "secretary")
    return Place(own={"public_id": own.public_id}, foreign={"public_id": foreign.public_id}, foreign_to=others)


@place("notice_open", host="school")
def _(cast: Cast) -> Place:
    own, foreign = _told(cast, "clerk_a"), _told(cast, "head_a")
    others = tuple(key for key in cast if key != "head_a")
    return Place(own={"public_id": own.public_id}, foreign={"public_id": foreign.public_id}, foreign_to=others)


@place("mail_unsubscribe")
def _(cast: Cast) -> Place:
    token = signing.dumps(str(cast["clerk_a"].public_id), salt=SALT)
    return Place(own={"token": token}, no_foreign="whoever holds the signed link may use it")


@place("mail_failure_settle")
def _(cast: Cast) -> Place:
    actions.note_failure(address="a@example.test", subject="x", error="550", at=AT)
    row = MailFailure.objects.get(address="a@example.test")
    return Place(own={"public_id": row.public_id}, no_foreign="the secretary sees every address")
