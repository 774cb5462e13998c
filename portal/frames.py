"""What a page's frame shows: the association, the doors of a room, crumbs, the person. Views fill it."""

# Chinese text: name and address of the invented association.

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.functional import Promise

from portal.days import language

Text = str | Promise
#: Where anybody may look a site's numbers up; readers go there by a link, the portal never does.
ICP_REGISTER = "https://beian.miit.gov.cn/"
POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch?code="


@dataclass(frozen=True, kw_only=True)
class Link:
    """A word that leads somewhere. `icon` names a symbol of icons.svg; `post` makes it a button (signing out)."""

    label: Text
    href: str
    icon: str = ""
    current: bool = False
    post: bool = False


@dataclass(frozen=True, kw_only=True)
class Door:
    """One line of the rail: `glyph` (a committee's hue: energy, food, …) or `icon`, a `count` where something waits.

    `extra` doors stay off the strip of rooms on a phone.
    """

    label: Text
    href: str
    icon: str = ""
    glyph: str = ""
    count: int | None = None
    current: bool = False
    extra: bool = False


@dataclass(frozen=True, kw_only=True)
class DoorGroup:
    """Doors under one heading; the first group of a rail has none."""

    doors: Sequence[Door]
    label: Text = ""


@dataclass(frozen=True, kw_only=True)
class Crumb:
    """One step of the way here; the last one has no address."""

    label: Text
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who is signed in, as the bar shows it: a name or duty, and the links of the menu."""

    name: Text
    links: Sequence[Link] = ()


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The frame of a workspace (room.html), in a school or in a committee.

    `plate` is the door plate in the bar; `room` its hue: "" for a school's white plate, else energy, food, dorm,
    shop, house, estate, or assoc for the association's own blue.
    """

    plate: Text
    groups: Sequence[DoorGroup]
    person: Person
    room: str = ""
    brand: Text = ""
    brand_href: str = "/"
    crumbs: Sequence[Crumb] = ()
    notices_href: str = ""
    unread: int = 0
    search_href: str = ""


@dataclass(frozen=True, kw_only=True)
class FootColumn:
    """A column of the public footer."""

    label: Text
    links: Sequence[Link]


@dataclass(frozen=True, kw_only=True)
class PublicFrame:
    """The frame of the public site (public.html): context variable `public`. Every part may be left out."""

    nav: Sequence[Link] = ()
    columns: Sequence[FootColumn] = ()
    home_href: str = "/"
    search_href: str = ""
    sign_in_href: str = ""
    accessibility_href: str = ""
    updated_at: object = None


@dataclass(frozen=True, kw_only=True)
class Association:
    """The association as mastheads, footers and mails name it. Set it by ASSOCIATION in the settings (a dict)."""

    name: str = "海津市高等学校后勤协会"
    name_en: str = "Haijin Association of University Logistics"
    short_name: str = "高校后勤协会"
    short_name_en: str = "University Logistics"
    motto: str = "一室一牌，一事一灯"
    motto_en: str = "A plate on every room, a lamp for every task"
    address: str = "海津市海河东路88号高教服务楼4层，邮编300000"
    address_en: str = "4th floor, 88 Haihe East Road, Haijin 300000"
    contact: str = "秘书处022-0000 0416，工作日8:30—17:30"
    contact_en: str = "Secretariat +86 22 0000 0416, working days 8:30–17:30"
    icp_number: str = "津ICP备示例2027000001号"
    police_number: str = "津公网安备示例12010102000001号"

    @property
    def title(self) -> str:
        """The full name in the language of the page."""
        return self._spoken("name")

    @property
    def other_title(self) -> str:
        """The full name in the other language, for the small line under the title."""
        return self.name_en if language() == "zh" else self.name

    @property
    def short_title(self) -> str:
        """The short name over a rail."""
        return self._spoken("short_name")

    @property
    def motto_line(self) -> str:
        """The motto in the language of the page."""
        return self._spoken("motto")

    @property
    def address_line(self) -> str:
        """The address in the language of the page."""
        return self._spoken("address")

    @property
    def contact_line(self) -> str:
        """Telephone and hours in the language of the page."""
        return self._spoken("contact")

    @property
    def registers(self) -> list[Link]:
        """The site's numbers in the two registers that every site names at its foot, each with the way to the register.

        The register of websites asks for a link to itself, the police's for a link to the entry.
        """
        digits = "".join(sign for sign in self.police_number if sign.isdigit())
        found = [Link(label=self.icp_number, href=ICP_REGISTER)] if self.icp_number else []
        if self.police_number:
            found.append(Link(label=self.police_number, href=f"{POLICE_REGISTER}{digits}"))
        return found

    def _spoken(self, part: str) -> str:
        return str(getattr(self, part if language() == "zh" else f"{part}_en"))


@cache
def association() -> Association:
    """The association this portal belongs to."""
    return Association(**getattr(settings, "ASSOCIATION", {}))
