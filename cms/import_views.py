"""The newsroom's pages for bringing in an old site: send the export, look it through, decide, read the report."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from cms.actions.imports import ImportRefused, add_pictures, discard_import, read_import, start_import
from cms.doors import newsroom_door
from cms.importing.albums import AlbumRefused, in_zip
from cms.importing.wxr import NotTaken
from cms.models.editing import Duty
from cms.models.imports import ArticleState, ImportState, SiteImport
from cms.queries import import_columns, import_rows
from cms.rooms import Room
from cms.standing import standing_of
from cms.tasks import ask_to_bring_in
from committees.files.store import StoreClosed, StoreFull
from committees.workbooks.exports import rows_to_csv
from tenants.clock import request_day, request_time
from tenants.doors import person

ROWS = 30
_TITLES = (
    gettext_lazy("Place in the export"), gettext_lazy("Title"), pgettext_lazy("of a site", "Column"),
    gettext_lazy("Old address"), gettext_lazy("State"), gettext_lazy("New address"),
    gettext_lazy("Kind of remark"), gettext_lazy("Remark"),
)  # fmt: skip


class ImportForm(forms.Form):
    """The export, its pictures, and whose articles they are."""

    export = forms.FileField(
        label=gettext_lazy("Export (WordPress .xml, or a table .csv)"),
        widget=forms.FileInput(attrs={"accept": ".xml,.csv,.txt"}),
    )
    album = forms.FileField(
        label=gettext_lazy("Pictures (.zip), as they lay on the old site"), required=False,
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )  # fmt: skip
    room = forms.ChoiceField(label=gettext_lazy("Section"), choices=Room, initial=Room.ASSOCIATION)


class AlbumForm(forms.Form):
    """More pictures."""

    album = forms.FileField(
        label=gettext_lazy("More pictures (.zip)"), widget=forms.FileInput(attrs={"accept": ".zip"})
    )


class ColumnsForm(forms.Form):
    """Where each column of the old site goes."""

    def __init__(self, site_import: SiteImport, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = import_columns()
        self.pages = {str(page.pk): page for page in lists}
        choices = [("", _("leave out")), *((str(page.pk), _named(page)) for page in lists)]
        self.names = list(site_import.columns)
        for number, name in enumerate(self.names):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=name or _("(no column)"), choices=choices, required=False,
                initial=str(site_import.columns[name] or ""),
            )  # fmt: skip

    def chosen(self) -> dict[str, Any]:
        """Each old column with its list, or None to leave it out."""
        return {
            name: self.pages.get(self.cleaned_data[f"column-{number}"]) for number, name in enumerate(self.names)
        }  # fmt: skip


def _named(page: Any) -> str:
    return page.title if page.locale.language_code != "en" else f"{page.title} (English)"


def _for_whole_site(request: HttpRequest) -> None:
    if not standing_of(request.user).writes_everywhere:
        raise Http404


@newsroom_door(Duty.EDIT)
@require_http_methods(["GET", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """The imports there were, and a form for the next; its export is read at once, and nothing is written to the site."""
    _for_whole_site(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("site_import", public_id=_read(request, form.cleaned_data).public_id)
        except (NotTaken, ValidationError) as refused:
            form.add_error("export", str(refused))
        except (AlbumRefused, StoreFull, StoreClosed) as refused:
            form.add_error("album", str(refused))
    rows = SiteImport.objects.select_related("made_by").annotate(total=Count("articles")).order_by("-made_at", "-pk")
    return render(
        request, "cms/newsroom/imports.html",
        {"form": form, "rows": Paginator(rows, ROWS).get_page(request.GET.get("page")), **_heads(_("From an old site"))},
        status=422 if form.errors else 200,
    )  # fmt: skip


def _read(request: HttpRequest, given: dict[str, Any]) -> SiteImport:
    pictures = in_zip(given["album"]) if given["album"] else ()
    return read_import(
        name=given["export"].name, content=given["export"].read(), pictures=pictures, room=given["room"],
        by=person(request), at=request_time(request),
    )  # fmt: skip


@newsroom_door(Duty.EDIT)
@require_http_methods(["GET", "POST"])
def import_show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What an export holds and what is to be seen to; where its columns go; afterwards what became of each article."""
    _for_whole_site(request)
    row = get_object_or_404(SiteImport.objects.select_related("made_by", "run_by"), public_id=public_id)
    form = ColumnsForm(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            start_import(
                site_import=row, columns=form.chosen(), publishes=request.POST.get("as") == "published",
                by=person(request), at=request_time(request),
            )  # fmt: skip
        except ImportRefused as refused:
            messages.error(request, str(refused))
        else:
            ask_to_bring_in(row.pk)
            messages.success(request, _("The articles are coming in; this page says how far they are."))
        return redirect("site_import", public_id=row.public_id)
    return render(request, "cms/newsroom/import.html", _context(request, row, form))


def _context(request: HttpRequest, row: SiteImport, form: ColumnsForm) -> dict[str, Any]:
    articles = row.articles.select_related("page").defer("html").order_by("pk")
    only = request.GET.get("only") == "editor"
    if only:
        articles = articles.filter(needs_editor=True)
    totals = row.articles.aggregate(
        total=Count("pk"), editor=Count("pk", filter=Q(needs_editor=True)),
        **{state.value: Count("pk", filter=Q(state=state)) for state in ArticleState},
    )  # fmt: skip
    return {
        "row": row, "form": form, "totals": totals, "only": only, "album": AlbumForm(), "states": ImportState,
        "articles": Paginator(articles, ROWS).get_page(request.GET.get("page")),
        "may_publish": standing_of(request.user).has(Duty.FINAL), **_heads(row.name),
    }  # fmt: skip


@newsroom_door(Duty.EDIT)
@require_POST
def import_album(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """More pictures for an import that was not begun."""
    _for_whole_site(request)
    row, form = get_object_or_404(SiteImport, public_id=public_id), AlbumForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            raise AlbumRefused(_("Choose a zip with pictures."))
        before = len(row.pictures)
        pictures = in_zip(form.cleaned_data["album"])
        row = add_pictures(site_import=row, pictures=pictures, by=person(request), at=request_time(request))
        messages.success(request, _("%(count)s pictures were added.") % {"count": len(row.pictures) - before})
    except (AlbumRefused, ImportRefused, StoreFull, StoreClosed) as refused:
        messages.error(request, str(refused))
    return redirect("site_import", public_id=row.public_id)


@newsroom_door(Duty.EDIT)
@require_POST
def import_discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Forget an export that was sent by mistake."""
    _for_whole_site(request)
    row = get_object_or_404(SiteImport, public_id=public_id)
    try:
        discard_import(site_import=row, by=person(request), at=request_time(request))
        messages.success(request, _("“%(name)s” was thrown away.") % {"name": row.name})
    except ImportRefused as refused:
        messages.error(request, str(refused))
    return redirect("site_imports")


@newsroom_door(Duty.EDIT)
@require_safe
def import_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The whole report as CSV, one line for each remark."""
    _for_whole_site(request)
    row = get_object_or_404(SiteImport, public_id=public_id)
    made = rows_to_csv(_TITLES, import_rows(row))
    response = HttpResponse(made.content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{request_day(request):%Y%m%d}.csv"'
    return response


def _heads(title: str) -> dict[str, str]:
    return {"page_title": title, "header_title": title, "header_icon": "download"}
