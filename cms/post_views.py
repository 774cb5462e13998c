"""Who writes and reviews on the site: duties in the newsroom, given by the secretary (S9-52)."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cms.actions.newsroom import end_duty, grant_duty
from cms.models.editing import Duty, NewsroomPost
from cms.queries import newsroom_posts
from cms.rooms import Room
from tenants.actions.posts import PostRefused
from tenants.clock import request_day, request_time
from tenants.doors import association_door, person
from tenants.forms.contacts import AccountField, day_field
from tenants.forms.people import LastDay
from tenants.frames import page
from tenants.models import User


class GrantDuty(forms.Form):
    """Somebody with an account takes a duty for a term."""

    account = AccountField()
    duty = forms.ChoiceField(label=gettext_lazy("Duty"), choices=Duty, initial=Duty.DRAFT)
    room = forms.ChoiceField(
        label=gettext_lazy("Section"), required=False, choices=[("", gettext_lazy("the whole site")), *Room.choices]
    )
    starts_on = day_field(label=gettext_lazy("From"))
    ends_on = day_field(label=gettext_lazy("Until"), required=False)

    def clean(self) -> dict[str, object]:
        """A term ends after it begins."""
        found: dict[str, object] = super().clean() or {}
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        return found


@require_http_methods(["GET", "POST"])
@association_door("secretary")
def newsroom_list(request: HttpRequest) -> HttpResponse:
    """All duties that hold or begin later, those that ended, and a form that gives one."""
    day = request_day(request)
    form = GrantDuty(request.POST or None, initial={"starts_on": day})
    if request.method == "POST" and form.is_valid() and _grant(request, form):
        return redirect("newsroom_posts")
    context = {
        "form": form, "posts": newsroom_posts(day), "past": newsroom_posts(day, past=True),
        "ending": LastDay(initial={"ends_on": day}),
    }  # fmt: skip
    status = 422 if form.errors else None
    return page(request, "cms/newsroom_posts.html", [(_("Newsroom"), "")], status=status, **context)


def _grant(request: HttpRequest, form: GrantDuty) -> bool:
    given = dict(form.cleaned_data)
    known = User.objects.filter(account=given.pop("account"), is_active=True).first()
    if known is None:
        form.add_error("account", _("Nobody has this account name."))
        return False
    try:
        post = grant_duty(user=known, by=person(request), at=request_time(request), **given)
    except PostRefused as refusal:
        form.add_error("duty", str(refusal.reason))
        return False
    words = {"name": known.name, "duty": post.get_duty_display()}
    messages.success(request, _("%(name)s: %(duty)s. The door of the newsroom is open.") % words)
    return True


@require_POST
@association_door("secretary")
def newsroom_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a duty on a day."""
    post, form = get_object_or_404(NewsroomPost, pk=pk), LastDay(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the last day as a date."))
        return redirect("newsroom_posts")
    try:
        row = end_duty(post=post, by=person(request), at=request_time(request), **form.cleaned_data)
        messages.success(request, _("%(name)s’s duty ends.") % {"name": row.user.name})
    except PostRefused as refusal:
        messages.error(request, str(refusal.reason))
    return redirect("newsroom_posts")
