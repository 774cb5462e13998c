"""Pages of notices: the list behind the bell, how to be told, unsubscribing, and addresses that took no mail."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees.notices import actions
from committees.notices.addresses import way_to
from committees.notices.forms import MailChoiceForm
from committees.notices.mailing import unsubscribing
from committees.notices.models import MailFailure, Notice
from committees.notices.queries import choice_of, failures, notices_of, people_at
from tenants.clock import request_time
from tenants.doors import association_door, person, public_door, signed_in
from tenants.models import AssociationRole
from tenants.signin.paths import localized
from tenants.standing import stand

ROWS = 30
TITLE = pgettext_lazy("bell", "Notices")


@signed_in
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """What the person was told, on all hosts; `?unread=1` leaves out what was read."""
    only_unread = bool(request.GET.get("unread"))
    found = notices_of(person(request), only_unread=only_unread)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    stand(request, "notices", (TITLE, ""))
    return render(request, "notices/list.html", {"page": page, "only_unread": only_unread})


@signed_in
@require_safe
def notice_open(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lead to what a notice is about; it counts as read. Another person's is an unknown one."""
    notice = get_object_or_404(Notice.objects.select_related("school"), public_id=public_id, person=person(request))
    actions.read_notice(notice=notice, by=person(request), at=request_time(request))
    here = request.school.pk if request.school is not None else None  # type: ignore[attr-defined]
    return HttpResponseRedirect(way_to(notice.path or "/notices/", notice.school if notice.path else None, here))


@signed_in
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Everything is read."""
    actions.read_all(by=person(request), at=request_time(request))
    messages.success(request, _("Everything is marked as read."))
    return HttpResponseRedirect(localized("/notices/"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    """How the person wants to be told."""
    form = MailChoiceForm(request.POST if request.method == "POST" else None, instance=choice_of(person(request)))
    if request.method == "POST" and form.is_valid():
        actions.choose_mail(by=person(request), at=request_time(request), **form.cleaned_data)
        messages.success(request, _("Kept. It holds from the next notice on."))
        return HttpResponseRedirect(localized("/notices/settings/"))
    stand(request, "notices", (TITLE, localized("/notices/")), (_("How you are told"), ""))
    context = {"form": form, "address": person(request).email}
    return render(request, "notices/settings.html", context, status=422 if form.errors else 200)


# A mail programme's own button posts here, without cookies and without a token of ours: the signed link is the proof.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public_door
def mail_unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """No mail but duties. GET asks (programmes that fetch links change nothing), POST does it."""
    found = unsubscribing(token)
    if found is None:
        raise Http404
    if request.method == "POST":
        actions.unsubscribe(by=found, at=request_time(request))
    return render(request, "notices/unsubscribe.html", {"done": request.method == "POST", "token": token})


@association_door(AssociationRole.SECRETARY, AssociationRole.SYSTEM_ADMIN)
@require_safe
def mail_failures(request: HttpRequest) -> HttpResponse:
    """Addresses that took no mail, and whose they are; `?settled=1` shows those seen to."""
    settled = bool(request.GET.get("settled"))
    page = Paginator(failures(settled=settled), ROWS).get_page(request.GET.get("page"))
    owners = people_at(row.address for row in page)
    stand(request, "mail_failures", (_("Mail that came back"), ""))
    rows = [(row, owners.get(row.address)) for row in page]
    return render(request, "notices/failures.html", {"page": page, "rows": rows, "settled": settled})


@association_door(AssociationRole.SECRETARY, AssociationRole.SYSTEM_ADMIN)
@require_POST
def mail_failure_settle(request: HttpRequest, public_id: str) -> HttpResponse:
    """Somebody has seen to an address."""
    failure = get_object_or_404(MailFailure, public_id=public_id)
    actions.settle_failure(failure=failure, by=person(request), at=request_time(request))
    messages.success(request, _("Settled: %(address)s") % {"address": failure.address})
    return redirect("mail_failures")
