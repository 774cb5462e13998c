"""Lists to take along: the members and the regulations as CSV, sifted as the page is."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from cms.homes import find_page
from cms.listing import Listing, listing_of
from cms.models import MemberDirectoryPage, RegulationIndexPage, RegulationPage
from committees.workbooks.exports import ExportValue, rows_to_csv
from committees.workbooks.rulebook import Text
from tenants.clock import request_day
from tenants.doors import public_door
from tenants.models import School

Row = Sequence[ExportValue]

MEMBER_TITLES = (pgettext_lazy("of a school", "Name"), _("English name"), _("Type"), _("District"), _("Member since"))
REGULATION_TITLES = (
    _("Title"), pgettext_lazy("of a document", "Number"), _("Kind"), _("Issued by"),
    _("Issued on"), _("In force from"), _("State"), _("Address"),
)  # fmt: skip


@require_safe
@public_door
def list_csv(request: HttpRequest, path: str) -> HttpResponse:
    """The whole list at an address, not one page of it. Raises Http404 where a page has no such file."""
    page, day = find_page(request, path), request_day(request)
    if not getattr(page, "has_csv", False):
        raise Http404
    titles, rows_of = _TABLES[type(page)]
    made = rows_to_csv(titles, rows_of(listing_of(page, request.GET, day), day))
    response = HttpResponse(made.content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{page.slug}-{day:%Y%m%d}.csv"'
    return response


def _members(listing: Listing, day: date) -> Iterable[Row]:
    school: School
    for school in listing.every:
        yield school.name_zh, school.name_en, capfirst(school.get_type_display()), school.district, school.joined_on


def _regulations(listing: Listing, day: date) -> Iterable[Row]:
    text: RegulationPage
    for text in listing.every:
        state = text.state_on(day, has_successor=text.has_successor)
        yield (
            text.title, text.number, capfirst(text.get_kind_display()), text.issuer, text.date, text.effective_on,
            capfirst(state.label), text.get_full_url(),
        )  # fmt: skip


_TABLES: dict[type, tuple[Sequence[Text], Callable[[Listing, date], Iterable[Row]]]] = {
    MemberDirectoryPage: (MEMBER_TITLES, _members),
    RegulationIndexPage: (REGULATION_TITLES, _regulations),
}
