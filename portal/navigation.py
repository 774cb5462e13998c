"""The frame of every workspace page: plate, doors of the rail with what waits behind them, crumbs, the person's menu.

Views in the rooms do not know this module: they say where they stand (`tenants.standing.stand`), and the context
processor `frame_context` gives their template the frame. A door is shown only where its address exists on this host.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from portal.desk_reads import Waiting, waiting_for
from portal.frames import Crumb, Door, DoorGroup, Frame, Link, Person, Text, association
from tenants.clock import local_day, request_time
from tenants.models import Membership, SchoolRole
from tenants.queries import memberships_of
from tenants.standing import Plated, Standing, standing_of


@dataclass(frozen=True)
class Way:
    """A door as the house knows it: key, words, address name, and what to show beside it."""

    key: str
    label: Text
    view: str
    icon: str = ""
    glyph: str = ""
    query: str = ""
    extra: bool = False
    roles: tuple[str, ...] = ()


DESK = Way("desk", _("To do"), "desk", icon="layout-grid")
ROOMS = (Way("energy", _("Energy"), "school_filings", glyph="energy", query="?room=energy"),)
SCHOOL = (
    Way("filings", _("Filing archive"), "school_filings", icon="archive"),
    Way("people", _("People"), "school_people", icon="users-group", extra=True, roles=(SchoolRole.HEAD,)),
    Way("account", _("Settings"), "account_show", icon="settings", extra=True),
)
#: Address names of the association's rooms; those on a committee take its code.
COMMITTEE = (
    Way("board", _("Board"), "committee_board", icon="table"),
    Way("calls", _("Calls"), "committee_calls", icon="send"),
    Way("check", _("Check"), "committee_checks", icon="checklist"),
)
ASSOCIATION = (
    Way("schools", _("Schools"), "school_list", icon="building"),
    Way("account", _("Settings"), "account_show", icon="settings", extra=True),
)


def frame_context(request: HttpRequest) -> dict[str, object]:
    """Context processor: `frame`, made only when a template asks for it."""
    return {"frame": SimpleLazyObject(lambda: frame_of(request))}


def frame_of(request: Any) -> Frame:
    """The frame of this request's page. Five queries for a signed-in person, whatever waits."""
    standing = standing_of(request)
    waiting = waiting_for(request) if request.user.is_authenticated else Waiting()
    crumbs = [Crumb(label=label, href=href) for label, href in standing.crumbs]
    person = _person(request)
    if request.school is not None:
        groups = _school_groups(request, standing, waiting)
        return Frame(plate=request.school.name, groups=groups, person=person, crumbs=crumbs, brand_href=_home())
    if standing.committee is not None:
        groups = _committee_groups(request, standing, standing.committee, waiting)
        room, plate = standing.committee.room, standing.committee.name
        return Frame(plate=plate, room=room, groups=groups, person=person, crumbs=crumbs, brand_href=_home())
    groups = _association_groups(request, standing, waiting)
    return Frame(
        plate=association().short_title, room="assoc", groups=groups, person=person, crumbs=crumbs, brand_href=_home()
    )


def enter_address(code: str, path: str) -> str:
    """The way into a school from any host: through the association's door, with a ticket."""
    return f"{settings.ASSOCIATION_URL}/accounts/enter/?{urlencode({'school': code, 'next': path})}"


def _home() -> str:
    return f"{settings.ASSOCIATION_URL}/"


def _school_groups(request: Any, standing: Standing, waiting: Waiting) -> list[DoorGroup]:
    here = request.school.pk
    rooms = [_door(way, standing, waiting.in_school(here, way.key)) for way in ROOMS]
    own = [_door(way, standing) for way in SCHOOL if not way.roles or request.roles & set(way.roles)]
    return _groups(("", [_door(DESK, standing, waiting.total)]), (_("Rooms"), rooms), (_("Our university"), own))


def _committee_groups(request: Any, standing: Standing, committee: Plated, waiting: Waiting) -> list[DoorGroup]:
    ways = [_door(way, standing, args=(committee.code,)) for way in COMMITTEE]
    own = [_door(way, standing) for way in ASSOCIATION if way.key == "account"]
    return _groups(("", [_door(DESK, standing, waiting.total)]), (_("Committee"), ways), ("", own))


def _association_groups(request: Any, standing: Standing, waiting: Waiting) -> list[DoorGroup]:
    posts = {str(role) for role in getattr(request, "association_roles", ())}
    ways = [_door(way, standing) for way in ASSOCIATION if way.key != "schools" or "secretary" in posts]
    return _groups(("", [_door(DESK, standing, waiting.total)]), (_("Association"), ways))


def _groups(*groups: tuple[Text, list[Door | None]]) -> list[DoorGroup]:
    kept = [(label, [door for door in doors if door is not None]) for label, doors in groups]
    return [DoorGroup(label=label, doors=doors) for label, doors in kept if doors]


def _door(way: Way, standing: Standing, count: int = 0, args: tuple[str, ...] = ()) -> Door | None:
    """The door, or None where its address does not exist on this host."""
    address = address_of(way.view, *args)
    if not address:
        return None
    return Door(
        label=way.label, href=address + way.query, icon=way.icon, glyph=way.glyph, count=count or None,
        current=way.key == standing.door, extra=way.extra,
    )  # fmt: skip


def address_of(view: str, *args: str) -> str:
    """The address of a view on this host; empty where there is none."""
    try:
        return reverse(view, args=args)
    except NoReverseMatch:
        return ""


def _person(request: Any) -> Person:
    if not request.user.is_authenticated:
        return Person(name=_("Guest"))
    own = [
        Link(label=label, href=address_of(view), icon=icon)
        for label, view, icon in ((_("My account"), "account_show", "user"),)
        if address_of(view)
    ]
    leave = address_of("account_logout") or address_of("sign_out")
    out = [Link(label=_("Sign out"), href=leave, icon="logout", post=True)] if leave else []
    return Person(name=str(request.user), links=[*own, *_elsewhere(request), *out])


def _elsewhere(request: Any) -> list[Link]:
    """The person's other places: further schools, and the association's floor from a school."""
    here = request.school.pk if request.school is not None else None
    posts: list[Membership] = list(memberships_of(request.user, local_day(request_time(request))))
    schools = {post.school.pk: post.school for post in posts if post.school.pk != here}
    links = [Link(label=school.name, href=enter_address(school.code, "/desk/"), icon="building")
             for school in schools.values()]
    if here is not None and waiting_for(request).stands_at_association:
        title = association().short_title
        links.append(Link(label=title, href=f"{settings.ASSOCIATION_URL}/desk/", icon="building"))
    return links
