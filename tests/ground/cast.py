"""The cast: who appears in tests, where each of them stands. The rows are written once, into the template database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from committees.roster.models import Committee, Seat, SeatKind
from tenants.actions import open_school
from tenants.models import AssociationPost, AssociationRole, Membership, School, SchoolRole, SchoolType, User

#: Everybody's password in tests.
PASSWORD = "a-long-road-uphill-7"
BEGIN = date(2024, 1, 1)
OPENED_AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
#: The committee whose officer and experts belong to the cast, and another one, foreign to them.
COMMITTEE, OTHER_COMMITTEE = "energy", "canteens"
SCHOOL_A, SCHOOL_B = "lingang", "haijin"


@dataclass(frozen=True)
class Role:
    """One person of the cast: account and name, and where the person stands (each at most once)."""

    key: str
    name: str
    school: str = ""
    school_role: SchoolRole | None = None
    post: str = ""
    association: AssociationRole | None = None
    seat: SeatKind | None = None


CAST = (
    Role("editor", "温言", association=AssociationRole.EDITOR),
    Role("secretary", "施秉文", association=AssociationRole.SECRETARY),
    Role("officer", "穆清", seat=SeatKind.OFFICER),
    Role("commission", "沈衡", association=AssociationRole.COMMISSION),
    Role("expert1", "裘思远", seat=SeatKind.EXPERT),
    Role("expert2", "罗知微", seat=SeatKind.EXPERT),
    Role("expert3", "柏若谷", seat=SeatKind.EXPERT),
    Role("head_a", "林渡", school=SCHOOL_A, school_role=SchoolRole.HEAD, post="后勤处处长"),
    Role("clerk_a", "简宁", school=SCHOOL_A, school_role=SchoolRole.CLERK),
    Role("head_b", "容止", school=SCHOOL_B, school_role=SchoolRole.HEAD, post="后勤处处长"),
    Role("clerk_b", "管弦", school=SCHOOL_B, school_role=SchoolRole.CLERK),
    Role("correspondent", "闻笛", school=SCHOOL_B, school_role=SchoolRole.VIEWER, post="通讯员"),
    Role("stranger", "路遥遥"),
    Role("system_admin", "司械", association=AssociationRole.SYSTEM_ADMIN),
    Role("security_admin", "司安", association=AssociationRole.SECURITY_ADMIN),
    Role("audit_admin", "司鉴", association=AssociationRole.AUDIT_ADMIN),
)
KEYS = tuple(role.key for role in CAST)
#: Nobody signed in.
VISITOR = "visitor"

_SCHOOLS = (
    (SCHOOL_A, "临港理工大学", "Lingang University of Technology"),
    (SCHOOL_B, "海津师范大学", "Haijin Normal University"),
)
_COMMITTEES = (
    (COMMITTEE, "energy", "能", "能源管理专业委员会", "Energy Committee", "能源", "Energy"),
    (OTHER_COMMITTEE, "canteen", "膳", "饮食管理专业委员会", "Canteen Committee", "饮食", "Canteens"),
)


@dataclass(frozen=True)
class Cast:
    """The people by key, the two schools, the two committees."""

    people: dict[str, User]
    school_a: School
    school_b: School
    committee: Committee
    other_committee: Committee

    def __getitem__(self, key: str) -> User:
        return self.people[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.people)


def read_cast() -> Cast:
    """The cast as it stands in this database."""
    people = {user.account: user for user in User.objects.filter(account__in=KEYS)}
    schools = {school.code: school for school in School.objects.filter(code__in=[SCHOOL_A, SCHOOL_B])}
    committees = {row.code: row for row in Committee.objects.filter(code__in=[COMMITTEE, OTHER_COMMITTEE])}
    return Cast(people, schools[SCHOOL_A], schools[SCHOOL_B], committees[COMMITTEE], committees[OTHER_COMMITTEE])


def write_cast() -> None:
    """Open the schools by the real action, write committees and people."""
    for code, name_zh, name_en in _SCHOOLS:
        open_school(
            code=code, name_zh=name_zh, name_en=name_en, type=SchoolType.UNDERGRADUATE, by=None, at=OPENED_AT
        )  # fmt: skip
    for position, (code, room, mark, zh, en, short_zh, short_en) in enumerate(_COMMITTEES):
        Committee.objects.get_or_create(
            code=code,
            defaults={
                "room": room, "mark": mark, "name_zh": zh, "name_en": en, "short_zh": short_zh, "short_en": short_en,
                "position": position,
            },
        )  # fmt: skip
    for role in CAST:
        _write_person(role)


def _write_person(role: Role) -> None:
    user = User.objects.create_user(role.key, PASSWORD, name=role.name, email=f"{role.key}@example.test")
    if role.school_role:
        school = School.objects.get(code=role.school)
        Membership.objects.create(school=school, user=user, role=role.school_role, post=role.post, starts_on=BEGIN)
    if role.association:
        AssociationPost.objects.create(user=user, role=role.association, starts_on=BEGIN)
    if role.seat:
        committee = Committee.objects.get(code=COMMITTEE)
        Seat.objects.create(committee=committee, user=user, kind=role.seat, starts_on=BEGIN)
