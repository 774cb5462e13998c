"""The frame of workspace pages: plate, doors of the rail with what waits behind them, crumbs, the person's menu.

Views in the rooms do not know this module: they say where they stand (`tenants.standing.stand`), and the context
processor gives their template the frame. The doors of people and offices come from `tenants.frames`; here stand the desk,
the rooms, and the person's other places. A door is shown only where its address exists on this host.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from committees.notices.addresses import enter_address
from committees.roster.queries import committees_of
from portal.desk_reads import Waiting, waiting_for
from portal.frames import Crumb, Door, DoorGroup, Frame, Link, Person, Text, association
from tenants.clock import local_day, request_time
from tenants.frames import frame_of as people_frame
from tenants.models import Membership
from tenants.queries import memberships_of
from tenants.signin.paths import localized


@dataclass(frozen=True)
class Way:
    """A door as the house knows it: key, words, address name, and what to show beside it."""

    key: str
    label: Text
    view: str
    icon: str = ""
    glyph: str = ""
    query: str = ""


DESK = Way("desk", _("To do"), "desk", icon="layout-grid")
#: The rooms of a school that exist, by their hue.
ROOMS = (Way("energy", _("Energy"), "school_filings", glyph="energy", query="?room=energy"),)
ARCHIVE = Way("filings", _("Filing archive"), "school_filings", icon="archive")


def frame_context(request: HttpRequest) -> dict[str, object]:
    """Context processor: `frame`, made only when a template asks for it."""
    return {"frame": SimpleLazyObject(lambda: frame_of(request))}


def frame_of(request: Any) -> Frame:
    """The frame of this request's page. The number of queries does not depend on how much waits."""
    signed_in = request.user.is_authenticated
    waiting = waiting_for(request) if signed_in else Waiting()
    below: dict[str, Any] = people_frame(request)
    desk = _door(DESK, request, waiting.total)
    own = list(_rooms(request, waiting)) if signed_in else []
    offices = [group for raw in below["groups"] if (group := _group(raw, request)).doors]
    if signed_in and request.school is not None:
        offices = _with_archive(offices, request)
    groups = [DoorGroup(doors=[desk] if desk else []), *own, *offices]
    school = request.school
    return Frame(
        plate=school.name if school else association().short_title, room="" if school else "assoc",
        groups=[group for group in groups if group.doors], crumbs=[Crumb(**raw) for raw in getattr(request, "crumbs", [])],
        person=Person(name=below["person"]["name"], links=_links(request, below["person"]["links"])),
        brand_href=f"{settings.ASSOCIATION_URL}{localized('/')}", search_href=address_of("search"),
        notices_href=address_of("notices") if signed_in else "", unread=waiting.unread,
    )  # fmt: skip


def address_of(view: str, *args: str) -> str:
    """The address of a view on this host; empty where there is none."""
    try:
        return reverse(view, args=args)
    except NoReverseMatch:
        return ""


def _rooms(request: Any, waiting: Waiting) -> Iterable[DoorGroup]:
    """The rooms behind the rail: a school's, or the committees on which the person sits."""
    if request.school is not None:
        found = [_door(way, request, waiting.in_school(request.school.pk, way.key)) for way in ROOMS]
        yield DoorGroup(label=_("Rooms"), doors=[door for door in found if door])
        return
    if not any(audience.startswith("committee:") for audience in waiting.audiences):
        return
    doors = [
        Door(label=committee.short, href=address_of("committee_room", committee.code), glyph=committee.room,
             count=waiting.at_association(committee.room) or None)
        for committee in committees_of(request.user, local_day(request_time(request)))
    ]  # fmt: skip
    yield DoorGroup(label=_("Committees"), doors=[each for each in doors if each.href])


def _door(way: Way, request: Any, count: int = 0) -> Door | None:
    """The door, or None where its address does not exist on this host."""
    address = address_of(way.view)
    if not address:
        return None
    current = way.key == getattr(request, "door", "")
    return Door(
        label=way.label, href=address + way.query, icon=way.icon, glyph=way.glyph, count=count or None, current=current
    )


def _group(raw: dict[str, Any], request: Any) -> DoorGroup:
    """A group of doors as the lower floor tells it; its own door to the desk is ours already."""
    desk = address_of("desk")
    doors = [Door(**{**door, "current": door.get("current", False)}) for door in raw["doors"]
             if door["href"] != desk]  # fmt: skip
    return DoorGroup(label=raw["label"], doors=doors)


def _with_archive(offices: list[DoorGroup], request: Any) -> list[DoorGroup]:
    """The school's own group with the archive of filings as its first door."""
    archive = _door(ARCHIVE, request)
    doors = [archive] if archive else []
    if not offices:
        return [DoorGroup(label=_("Our university"), doors=doors)]
    return [DoorGroup(label=_("Our university"), doors=[*doors, *offices[0].doors]), *offices[1:]]


def _links(request: Any, own: list[dict[str, Any]]) -> list[Link]:
    """The person's menu: the account, the other places, and the way out last."""
    links = [Link(**raw) for raw in own]
    if not request.user.is_authenticated:
        return []
    return [*links[:-1], *_elsewhere(request), *links[-1:]]


def _elsewhere(request: Any) -> list[Link]:
    """The person's other places: further schools, and the association's floor from a school."""
    here = request.school.pk if request.school is not None else None
    posts: list[Membership] = list(memberships_of(request.user, local_day(request_time(request))))
    schools = {post.school.pk: post.school for post in posts if post.school.pk != here}
    links = [
        Link(label=school.name, href=enter_address(school.code, "/desk/"), icon="building")
        for school in schools.values()
    ]
    if here is not None and waiting_for(request).stands_at_association:
        address = f"{settings.ASSOCIATION_URL}{localized('/desk/')}"
        links.append(Link(label=association().short_title, href=address, icon="building"))
    return links
