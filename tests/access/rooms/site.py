"""Places of the public site and the demo's mailbox."""

from portal.mailbox.models import Mail
from tests.access.places import Place, place
from tests.cms.newsroom import waiting_page
from tests.ground.cast import Cast

PUBLIC = "what is published is everybody's"


@place("wagtail_serve")
def _(cast: Cast) -> Place:
    return Place(path="/", no_foreign=PUBLIC)


@place("site_rendition")
def _(cast: Cast) -> Place:
    return Place(own={"path": "none.png"}, no_foreign=PUBLIC)


@place("mail")
@place("mail_html")
def _(cast: Cast) -> Place:
    row = Mail.objects.create(
        sender="a@example.test", recipients="b@example.test", subject="s", text="t", html="<p>t</p>"
    )
    return Place(own={"public_id": row.public_id}, no_foreign="the demo's mailbox is open to whoever tries the demo")


@place("site_review")
def _(cast: Cast) -> Place:
    page = waiting_page(cast)
    return Place(
        own={"page": page.pk}, foreign={"page": waiting_page(cast, room="food").pk}, foreign_to=("officer",),
        data={"verdict": "approve", "comment": ""},
    )  # fmt: skip
