"""The directory of members, from the register of schools."""

from collections.abc import Mapping
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cms.listing.parts import Listing, facet, page_of, years
from cms.models import MemberDirectoryPage
from committees.filings.queries import public_cards
from committees.filings.slugs import slug_of
from tenants.models import School, SchoolState, SchoolType

PER_PAGE = 50
LONGEST_WORDS = 40
#: Columns one may sort by, each with a second key so that the order never wavers.
SORTS = {
    "name": ("pinyin",),
    "type": ("type", "pinyin"),
    "district": ("district", "pinyin"),
    "joined": ("joined_on", "pinyin"),
}


def members() -> QuerySet[School]:
    """Schools that are members now."""
    return School.objects.filter(state=SchoolState.OPEN)


def member_list(page: MemberDirectoryPage, query: Mapping[str, str], day: date) -> Listing:
    """Members by type, district, year of joining and words of their name (Chinese, English or pinyin)."""
    facts = list(members().order_by().values_list("district", "joined_on__year").distinct())
    districts = sorted({district for district, _year in facts if district})
    types = facet(query, "type", _("Type"), _("All types"), SchoolType.choices)
    places = facet(query, "district", _("District"), _("All districts"), [(name, name) for name in districts])
    joined = facet(query, "joined", _("Joined"), _("All years"), years(year for _district, year in facts))
    words, sort = query.get("q", "").strip()[:LONGEST_WORDS], query.get("sort", "name")
    rows = members()
    for name, chosen in (("type", types.chosen), ("district", places.chosen), ("joined_on__year", joined.chosen)):
        if chosen:
            rows = rows.filter(**{name: chosen})
    if words:
        rows = rows.filter(Q(name_zh__icontains=words) | Q(name_en__icontains=words) | Q(pinyin__icontains=words))
    ordered, sort = _sorted(rows, sort)
    shown = page_of(ordered, query, PER_PAGE)
    shown.object_list = _with_cards(list(shown.object_list))
    return Listing(shown, (types, places, joined), words, sort)


def _with_cards(schools: list[School]) -> list[School]:
    """Each school with `card`: its newest filing that everybody may read, or None; `card_slug` is its address part."""
    cards = public_cards(schools)
    for school in schools:
        card = cards.get(school.pk)
        school.card = card
        school.card_slug = slug_of(card.number or "") if card else ""
    return schools


def _sorted(rows: QuerySet[School], sort: str) -> tuple[QuerySet[School], str]:
    key = sort.removeprefix("-")
    if key not in SORTS:
        return rows.order_by(*SORTS["name"]), "name"
    first, *others = (F(name) for name in SORTS[key])
    turned = first.desc(nulls_last=True) if sort.startswith("-") else first.asc(nulls_last=True)
    return rows.order_by(turned, *others), sort
