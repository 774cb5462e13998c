"""The two libraries: policies and regulations, and research."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from cms.listing.pages import below
from cms.listing.parts import Listing, facet, page_of, years
from cms.models import RegulationIndexPage, RegulationPage, ResearchIndexPage, ResearchPage
from cms.models.regulations import RegulationKind, RegulationState
from cms.models.research import ResearchKind, ResearchTopic


def with_successor(rows: QuerySet[RegulationPage], day: date) -> QuerySet[RegulationPage]:
    """Add `has_successor`: a published text that is in force on the day takes its place."""
    later = RegulationPage.objects.live().filter(supersedes=OuterRef("pk"), effective_on__lte=day)
    return rows.annotate(has_successor=Exists(later))


def regulation_list(index: RegulationIndexPage, query: Mapping[str, str], day: date) -> Listing:
    """Texts by state, kind, issuer and year; those in force first, so that nobody takes an old one by mistake."""
    listed = below(RegulationPage, index)
    facts = listed.order_by().annotate(year=ExtractYear("date")).values_list("issuer", "year").distinct()
    issuers = {issuer for issuer, _year in facts}
    states = facet(query, "state", _("State"), _("All states"), RegulationState.choices)
    kinds = facet(query, "kind", _("Kind"), _("All kinds"), RegulationKind.choices)
    bodies = facet(query, "issuer", _("Issued by"), _("All issuers"), [(name, name) for name in sorted(issuers)])
    when = facet(query, "year", _("Year"), _("All years"), years(year for _issuer, year in facts))
    rows = with_successor(listed, day).prefetch_related(None).select_related(None)
    rows = _in_state(rows, states.chosen, day)
    for name, chosen in (("kind", kinds.chosen), ("issuer", bodies.chosen), ("date__year", when.chosen)):
        if chosen:
            rows = rows.filter(**{name: chosen})
    return Listing(page_of(rows.order_by("has_successor", "-date", "-pk"), query), (states, kinds, bodies, when))


def _in_state(rows: QuerySet[RegulationPage], state: str, day: date) -> QuerySet[RegulationPage]:
    repealed = Q(repealed_on__lte=day)
    kept = {
        "": Q(),
        RegulationState.SUPERSEDED: Q(has_successor=True),
        RegulationState.REPEALED: Q(has_successor=False) & repealed,
        RegulationState.AHEAD: Q(has_successor=False, effective_on__gt=day) & ~repealed,
        RegulationState.IN_FORCE: Q(has_successor=False, effective_on__lte=day)
        & (Q(repealed_on__isnull=True) | Q(repealed_on__gt=day)),
    }
    return rows.filter(kept[state])


def research_list(index: ResearchIndexPage, query: Mapping[str, str], day: date) -> Listing:
    """Research by topic, kind and year."""
    listed = below(ResearchPage, index)
    found = listed.order_by().annotate(year=ExtractYear("date")).values_list("year", flat=True).distinct()
    topics = facet(query, "topic", _("Topic"), _("All topics"), ResearchTopic.choices)
    kinds = facet(query, "kind", _("Kind"), _("All kinds"), ResearchKind.choices)
    when = facet(query, "year", _("Year"), _("All years"), years(found))
    for name, chosen in (("topic", topics.chosen), ("kind", kinds.chosen), ("date__year", when.chosen)):
        if chosen:
            listed = listed.filter(**{name: chosen})
    return Listing(page_of(listed, query), (topics, kinds, when))
