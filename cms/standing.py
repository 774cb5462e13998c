"""What a person does in the newsroom on a day: from posts at the association, seats on committees, newsroom posts."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from cms.models.editing import Duty, NewsroomPost
from cms.rooms import Room
from committees.roster.models import Seat, SeatKind
from tenants.models import AssociationPost, AssociationRole, User, in_force
from tenants.queries import association_roles

EVERYWHERE = ""
#: Duties that come with a post at the association, for the whole site.
_BY_ROLE = {
    AssociationRole.EDITOR: (Duty.EDIT, Duty.FIRST, Duty.SECOND),
    AssociationRole.SECRETARY: (Duty.EDIT, Duty.FINAL),
}
#: Duties that come with a seat, in the committee's section.
_BY_SEAT = (Duty.EDIT, Duty.FIRST)
_DECIDING = (SeatKind.CHAIR, SeatKind.OFFICER)


@dataclass(frozen=True)
class Standing:
    """Duties, each as (duty, section); the empty section is the whole site."""

    duties: frozenset[tuple[Duty, str]] = field(default_factory=frozenset)

    def has(self, duty: Duty, room: str | None = None) -> bool:
        """Whether the person has a duty in a section (None: for the whole site)."""
        return (duty, EVERYWHERE) in self.duties or (room is not None and (duty, str(room)) in self.duties)

    @property
    def writes_everywhere(self) -> bool:
        """Whether the person edits every section."""
        return self.has(Duty.EDIT)

    @property
    def rooms(self) -> frozenset[str]:
        """The sections in which the person writes (drafts or edits)."""
        writing = {room for duty, room in self.duties if duty in {Duty.DRAFT, Duty.EDIT}}
        return frozenset(Room.values) if EVERYWHERE in writing else frozenset(writing)

    def __bool__(self) -> bool:
        return bool(self.duties)


def standing_of(user: Any, day: date | None = None) -> Standing:
    """What `user` may do on `day`; kept on the object for the request. Without a day: today in Shanghai."""
    if not isinstance(user, User) or not user.is_active:
        return Standing()
    kept: Standing | None = getattr(user, "_newsroom_standing", None)
    if kept is None or day is not None:
        kept = _read(user, day or timezone.localdate())
        user._newsroom_standing = kept  # type: ignore[attr-defined]
    return kept


def _read(user: User, day: date) -> Standing:
    found = {(duty, EVERYWHERE) for role in association_roles(user, day) for duty in _BY_ROLE.get(role, ())}
    seats = Seat.objects.filter(in_force(day), user=user, kind__in=_DECIDING).values_list("committee__room", flat=True)
    found |= {(duty, room) for room in seats for duty in _BY_SEAT}
    posts = NewsroomPost.objects.filter(in_force(day), user=user).values_list("duty", "room")
    found |= {(Duty(duty), room) for duty, room in posts}
    return Standing(frozenset(found))


def people_with(duty: Duty, section: str, day: date) -> set[int]:
    """The active people (keys) who have a duty in a section on a day, by whatever post."""
    roles = [role for role, duties in _BY_ROLE.items() if duty in duties]
    posts = AssociationPost.objects.filter(in_force(day), role__in=roles).values_list("user", flat=True)
    duties = NewsroomPost.objects.filter(in_force(day), duty=duty, room__in=(EVERYWHERE, section))
    found = set(posts) | set(duties.values_list("user", flat=True))
    if duty in _BY_SEAT:
        seats = Seat.objects.filter(in_force(day), kind__in=_DECIDING, committee__room=section)
        found |= set(seats.values_list("user", flat=True))
    return set(User.objects.filter(pk__in=found, is_active=True).values_list("pk", flat=True))
