"""How results are shown: where they lead, the words of facets, links that change one choice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from search.asking import FACETS, NEWEST, PAGE, RELEVANCE, WORDS, Hit, Query, Results
from search.engines.engine import Row
from search.registry import column_names, committee_names, kinds
from tenants.models import School
from tenants.signin.paths import localized

#: The plates of the design; another committee gets a plain one.
PLATES = frozenset({"dorm", "food", "energy", "shop", "house", "estate", "assoc"})
MOST_VALUES = 12


@dataclass(frozen=True)
class Shown:
    """One result as a line of the page."""

    hit: Hit
    href: str
    kind: str | Promise
    icon: str
    plate: str
    committee: str
    school: str


@dataclass(frozen=True)
class Choice:
    """One value of a facet: the link takes it, or lets go of it."""

    label: str | Promise
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True)
class FacetShown:
    """A facet with its values."""

    name: str
    label: str
    choices: list[Choice]


def href_of(row: Row, request: Any) -> str:
    """Where a result leads, from the host of this request. Pages of the site have one address in each language."""
    path = row.address if row.language else localized(row.address)
    here = request.school.code if request.school is not None else ""
    if row.host == here:
        return path
    return f"{settings.ASSOCIATION_URL}{path}" if not row.host else path


class Words:
    """The words behind slugs and numbers of some results, read once for all of them."""

    def __init__(self, results: Results) -> None:
        asked = {value for value, _count in results.facets.get("school_id", [])} - {None}
        self.schools = {school.pk: school.name for school in School.objects.filter(pk__in=asked)} if asked else {}
        self.committees, self.columns, self.kinds = committee_names(), column_names(), kinds()

    def of(self, facet: str, value: Any) -> str | Promise:
        """A facet's value in words; the value itself where nobody names it."""
        if facet == "kind":
            return self.kinds[value].label if value in self.kinds else str(value)
        known: dict[str, Mapping[Any, str | Promise]] = {
            "column": self.columns, "committee": self.committees, "school_id": self.schools,
        }  # fmt: skip
        return known.get(facet, {}).get(value, str(value))

    def shown(self, hit: Hit, request: HttpRequest) -> Shown:
        """One line of the page."""
        row, kind = hit.row, self.kinds.get(hit.row.kind)
        committee = str(self.committees.get(row.committee, "")) if row.committee else ""
        return Shown(
            hit, href_of(row, request), self.of("kind", row.kind), kind.icon if kind else "file-text",
            row.committee if row.committee in PLATES else "", committee, self.schools.get(row.school_id or 0, ""),
        )  # fmt: skip


def facets_shown(results: Results, words: Words) -> list[FacetShown]:
    """The facets that offer a choice, kinds first."""
    words_of = {
        "kind": _("Kind"),
        "column": pgettext("of the site", "Column"),
        "committee": _("Committee"),
        "school_id": _("School"),
        "year": _("Year"),
    }
    shown = []
    for facet in FACETS:
        values = results.facets.get(facet, [])[:MOST_VALUES]
        taken = getattr(results.query.chosen, facet)
        if len(values) > 1 or taken not in {"", None}:
            choices = list(_choices(results.query, facet, values, words))
            shown.append(FacetShown(WORDS[facet], words_of[facet], choices))
    return shown


def _choices(query: Query, facet: str, values: list[tuple[Any, int]], words: Words) -> Iterable[Choice]:
    taken = getattr(query.chosen, facet)
    if taken not in {"", None} and taken not in dict(values):
        values = [(taken, 0), *values]
    for value, count in values:
        chosen = value == taken
        yield Choice(words.of(facet, value), count, query.address(**{WORDS[facet]: "" if chosen else value}), chosen)


def page_numbers(results: Results) -> list[tuple[int, str]]:
    """The pages around this one, the first and the last, with their links."""
    here, last = results.query.page, results.pages
    near = {1, last, *range(max(1, here - 2), min(last, here + 2) + 1)}
    return [(number, results.query.address(page=number)) for number in sorted(near)] if last > 1 else []


def context_of(results: Results, request: HttpRequest) -> dict[str, Any]:
    """Everything the page of results needs."""
    words, query = Words(results), results.query
    groups = [
        (words.of("kind", group.kind), group.count, [words.shown(hit, request) for hit in group.hits],
         query.address(kind=group.kind), group.count > len(group.hits))
        for group in results.groups
    ]  # fmt: skip
    return {
        "results": results, "query": query, "facets": facets_shown(results, words),
        "rows": [words.shown(hit, request) for hit in results.hits], "groups": groups,
        "pages": page_numbers(results), "any_chosen": query.chosen != type(query.chosen)(),
        "by_relevance": query.address(order=RELEVANCE), "by_date": query.address(order=NEWEST),
        "is_by_date": query.order == NEWEST, "all_href": Query(query.text).address(),
        "as_typed": Query(query.text, as_typed=True).address(), "page_size": PAGE,
        "guesses": [(guess, Query(guess).address()) for guess in results.guesses],
        "meant_href": Query(results.meant).address() if results.meant else "",
    }  # fmt: skip
