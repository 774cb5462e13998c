"""Words and near-equivalents for editors: the list, one line with a preview of what it changes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from search.actions import remove_line, save_line
from search.forms import LineForm
from search.models import LexiconLine, LineKind
from search.planning.normal import normalised
from search.previewing import commonest, preview
from search.rail import ROLES
from tenants.clock import request_day, request_time
from tenants.doors import association_door, person
from tenants.frames import page

PER_PAGE = 50


@require_safe
@association_door(*ROLES)
def lexicon_list(request: HttpRequest) -> HttpResponse:
    """All lines, by kind and by a word in them."""
    kind, q = request.GET.get("kind", ""), request.GET.get("q", "").strip()
    rows = LexiconLine.objects.select_related("changed_by")
    rows = rows.filter(kind=kind) if kind in LineKind.values else rows
    rows = rows.filter(text__contains=normalised(q)) if q else rows
    lines = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    crumbs = [(_("Search"), "search_report"), (pgettext("of the lexicon", "Words"), "")]
    return page(request, "search/lexicon.html", crumbs, lines=lines, kinds=LineKind.choices, kind=kind, q=q)


@require_http_methods(["GET", "HEAD", "POST"])
@association_door(*ROLES)
def line_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new line or an old one. `do=preview` shows what would change; `do=save` keeps it."""
    line = get_object_or_404(LexiconLine, pk=pk) if pk is not None else None
    form = LineForm(
        request.POST if request.method == "POST" else None,
        instance=LexiconLine.objects.get(pk=line.pk) if line else None,
    )
    shown = None
    if request.method == "POST" and form.is_valid():
        kind, text = LineKind(form.cleaned_data["kind"]), form.cleaned_data["text"]
        if request.POST.get("do") != "preview":
            save_line(line=line, kind=kind, text=text, by=person(request), at=request_time(request))
            messages.success(request, _("Saved. It holds from the next search on."))
            return redirect("search_lexicon")
        queries = commonest(request_day(request))
        shown = preview(line=line, kind=kind, text=text, queries=queries, at=request_time(request))
    crumbs = [
        (_("Search"), "search_report"),
        (pgettext("of the lexicon", "Words"), "search_lexicon"),
        (line.text[:20] if line else _("New line"), ""),
    ]
    status = 422 if request.method == "POST" and form.errors else None
    return page(request, "search/line.html", crumbs, status, form=form, line=line, preview=shown)


@require_http_methods(["GET", "HEAD", "POST"])
@association_door(*ROLES)
def line_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, with what would change; then take the line out."""
    line = get_object_or_404(LexiconLine, pk=pk)
    if request.method == "POST":
        remove_line(line=line, by=person(request), at=request_time(request))
        messages.success(request, _("Removed: %(line)s") % {"line": line.text[:60]})
        return redirect("search_lexicon")
    queries = commonest(request_day(request))
    shown = preview(line=line, kind=line.kind, text="", queries=queries, at=request_time(request))
    crumbs = [
        (_("Search"), "search_report"),
        (pgettext("of the lexicon", "Words"), "search_lexicon"),
        (_("Remove"), ""),
    ]
    return page(request, "search/line_remove.html", crumbs, line=line, preview=shown)
