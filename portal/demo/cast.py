"""The people of the demo, all invented, and the committees they sit on."""

from dataclasses import dataclass

from tenants.models import AssociationRole as Role

#: One password for every demo account; `make demo` prints it.
PASSWORD = "houqin-demo-2026"  # noqa: S105  printed on purpose

COMMITTEES = (
    # code, room, mark, names, short names
    ("dormitory", "dorm", "寓", "公寓管理专业委员会", "Dormitory Management Committee", "寓专会", "Dormitory"),
    ("canteen", "food", "伙", "伙食管理专业委员会", "Canteen Management Committee", "伙专会", "Canteen"),
    ("energy", "energy", "能", "能源管理专业委员会", "Energy Management Committee", "能专会", "Energy"),
    ("commerce", "shop", "商", "商贸管理专业委员会", "Commerce Management Committee", "商专会", "Commerce"),
    ("housing", "house", "房", "房屋管理专业委员会", "Housing Management Committee", "房专会", "Housing"),
    ("property", "estate", "物", "校园与物业管理专业委员会", "Campus and Property Committee", "物专会", "Property"),
    ("research", "estate", "研", "高校后勤改革与发展研究会", "Reform and Development Society", "研究会", "Research"),
    ("secretariat", "estate", "秘", "协会秘书处", "Secretariat", "秘书处", "Secretariat"),
)


@dataclass(frozen=True)
class Person:
    """An account of the demo with what it is for."""

    account: str
    name: str
    roles: tuple[Role, ...] = ()
    seats: tuple[tuple[str, str], ...] = ()
    schools: tuple[tuple[str, str, str], ...] = ()


#: The first two schools have named people; the others get a head and a clerk called by their post.
CAST = (
    Person("editor", "苏编辑", (Role.EDITOR,)),
    Person("secretary", "方秘书", (Role.SECRETARY,), (("secretariat", "officer"),)),
    Person("system", "程系统", (Role.SYSTEM_ADMIN,)),
    Person("security", "安全员甲", (Role.SECURITY_ADMIN,)),
    Person("audit", "审计员乙", (Role.AUDIT_ADMIN,)),
    Person("commission", "教委联络员", (Role.COMMISSION,)),
    Person("chair", "能专会主任", (), (("energy", "chair"),)),
    Person("officer", "能专会审核员", (), (("energy", "officer"),)),
    Person("officer2", "能专会审核员二", (), (("energy", "officer"),)),
    Person("expert1", "专家甲", (), (("energy", "expert"),)),
    Person("expert2", "专家乙", (), (("energy", "expert"),)),
    Person("expert3", "专家丙", (), (("energy", "expert"),)),
    Person("hhut-head", "海河理工后勤处长", (), (), (("hhut", "head", "后勤处处长"),)),
    Person("hhut-clerk", "海河理工能源统计员", (), (), (("hhut", "clerk", "能源统计员"),)),
    Person("jgnu-head", "津沽师范后勤处长", (), (), (("jgnu", "head", "后勤处处长"),)),
    Person("jgnu-clerk", "津沽师范能源统计员", (), (), (("jgnu", "clerk", "能源统计员"), ("jgnu", "viewer", "通讯员"))),
    Person("stranger", "路人"),
)

_SEATS = (("chair", "主任"), ("officer", "审核员"), ("expert", "专家甲"), ("expert", "专家乙"), ("expert", "专家丙"))

#: Who sits on the committees whose rooms are not open yet; the energy committee's and the secretariat's stand above.
PANELS = tuple(
    Person(f"{code}-{number}", f"{short}{called}", (), ((code, kind),))
    for code, _, _, _, _, short, _ in COMMITTEES
    if code not in {"energy", "secretariat"}
    for number, (kind, called) in enumerate(_SEATS, start=1)
)
