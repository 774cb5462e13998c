"""Places of the public site and the demo's mailbox."""

from cms.actions.imports import read_import
from cms.actions.takedowns import take_down
from cms.models import EventIndexPage, MemberDirectoryPage, NewsIndexPage, TakeDown
from cms.setup import published
from portal.mailbox.models import Mail
from tenants.clock import database_now, local_day
from tests.access.places import Place, place
from tests.cms.newsroom import give_duty, live_page, waiting_page
from tests.ground.cast import Cast

PUBLIC = "what is published is everybody's"


@place("wagtail_serve")
def _(cast: Cast) -> Place:
    return Place(path="/", no_foreign=PUBLIC)


@place("site_column_feed")
def _(cast: Cast) -> Place:
    index = live_page().get_parent()
    published(index.add_child(instance=NewsIndexPage(title="专委会动态", slug="zwh", locale=index.locale)))
    return Place(own={"path": "news/zwh/"}, unknown={"path": "nothing/"}, no_foreign=PUBLIC)


@place("site_list_csv")
def _(cast: Cast) -> Place:
    home = live_page().get_parent().get_parent()
    published(home.add_child(instance=MemberDirectoryPage(title="会员单位", slug="members", locale=home.locale)))
    return Place(own={"path": "members/"}, unknown={"path": "nothing/"}, no_foreign=PUBLIC)


@place("site_calendar")
def _(cast: Cast) -> Place:
    home = live_page().get_parent().get_parent()
    published(home.add_child(instance=EventIndexPage(title="活动", slug="events", locale=home.locale)))
    return Place(own={"path": "events/"}, unknown={"path": "nothing/"}, no_foreign=PUBLIC)


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


@place("site_wechat")
def _(cast: Cast) -> Place:
    return Place(own={"page": live_page("energy").pk}, foreign={"page": live_page("food").pk}, foreign_to=("officer",))


@place("site_take_down")
def _(cast: Cast) -> Place:
    return Place(
        own={"page": live_page("energy").pk}, foreign={"page": live_page("food").pk}, foreign_to=("officer",),
        data={"reason": "有误"},
    )  # fmt: skip


@place("site_take_down_undo")
def _(cast: Cast) -> Place:
    rows = {
        room: take_down(live_page(room), reason="有误", by=cast["editor"], at=database_now())[0]
        for room in ("energy", "food")
    }
    return Place(
        own={"public_id": rows["energy"].public_id}, foreign={"public_id": rows["food"].public_id},
        foreign_to=("officer",),
    )  # fmt: skip


@place("site_words")
def _(cast: Cast) -> Place:
    foreign = {"page": waiting_page(cast, room="food").pk}
    return Place(own={"page": waiting_page(cast).pk}, foreign=foreign, foreign_to=("officer",))


def _import(cast: Cast) -> Place:
    row = read_import(
        name="a.csv", content=b"title,html\na,<p>b</p>\n", room="energy", by=cast["editor"], at=database_now()
    )
    return Place(own={"public_id": row.public_id}, no_foreign="editors of the whole site bring in a whole old site")


for _route in ("site_import", "site_import_album", "site_import_discard", "site_import_report"):
    place(_route)(_import)


@place("newsroom_post_end")
def _(cast: Cast) -> Place:
    post = give_duty(cast["correspondent"])
    data = {"ends_on": local_day(database_now()).isoformat()}
    return Place(own={"pk": post.pk}, no_foreign="the secretary looks after all duties", data=data)


def _taken_down(cast: Cast, room: str) -> TakeDown:
    return take_down(live_page(room), reason="有误", by=cast["editor"], at=database_now())[0]
