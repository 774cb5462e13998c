"""The office's pages of accounts: found, looked at, closed, opened again, merged; help for a lost phone or password."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tenants.account_reads import accounts_found, accounts_with_posts
from tenants.actions.account_life import close_account, merge_accounts, reopen_account, reset_second_step
from tenants.actions.accounts import AccountRefused, make_reset_code
from tenants.actions.posts import PostRefused
from tenants.clock import request_day, request_time
from tenants.doors import association_door
from tenants.doors import person as reader
from tenants.forms.accounts import FindAccounts, MergeAccounts
from tenants.forms.schools import WithReason
from tenants.frames import page
from tenants.models import User
from tenants.rules import may_keep_account
from tenants.signin.doors import standings
from tenants.verdicts import Refused

ROWS = 30
_office = association_door("secretary", "security_admin")


@require_safe
@_office
def accounts_list(request: HttpRequest) -> HttpResponse:
    """All accounts, found by name, account, phone or e-mail."""
    form = FindAccounts(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    sort, day = request.GET.get("sort", "account"), request_day(request)
    rows = Paginator(accounts_found(day, sort=sort, **asked), ROWS).get_page(request.GET.get("page"))
    template = "tenants/accounts_list.html" + ("#found" if request.htmx else "")  # type: ignore[attr-defined]
    return page(request, template, [(_("Accounts"), "")], form=form, rows=rows, sort=sort)


@require_safe
@_office
def account_card(request: HttpRequest, public_id: str) -> HttpResponse:
    """What an account holds, and what can be done with it."""
    row = _account(request, public_id)
    crumbs = [(_("Accounts"), "office_accounts"), (row.name, "")]
    return page(request, "tenants/account_card.html", crumbs, **_facts(request, row))


@require_http_methods(["GET", "POST"])
@_office
def account_close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Close an account, with a reason."""
    texts = {
        "title": _("Close the account of %(name)s"), "button": _("Close the account"), "kind": "stop",
        "says": _("Nobody signs in with it any more, and whoever is signed in is out. What it signed stays as it is, and "
                  "it can be opened again."),
        "done": _("The account of %(name)s is closed."),
    }  # fmt: skip
    return _change(request, public_id, close_account, texts)


@require_http_methods(["GET", "POST"])
@_office
def account_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open a closed account again, with a reason."""
    texts = {
        "title": _("Open the account of %(name)s again"), "button": _("Open the account again"), "kind": "main",
        "says": _("The person signs in as before and holds the posts below."),
        "done": _("The account of %(name)s is open again."),
    }  # fmt: skip
    return _change(request, public_id, reopen_account, texts)


@require_http_methods(["GET", "POST"])
@_office
def account_second_step(request: HttpRequest, public_id: str) -> HttpResponse:
    """Phone and recovery codes are lost."""
    texts = {
        "title": _("Lost phone of %(name)s"), "button": _("Take the second step away"), "kind": "stop",
        "says": _("Make sure on the telephone or in person that it is really them. The second step goes and every sign-in "
                  "ends; whose post asks for one sets up a new one at the next sign-in."),
        "done": _("The second step of %(name)s is gone. They sign in with the password and set up a new one."),
    }  # fmt: skip
    return _change(request, public_id, reset_second_step, texts)


@require_http_methods(["GET", "POST"])
@_office
def account_merge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Two accounts of one person become one: named, looked at side by side, then merged."""
    row = _account(request, public_id)
    form = MergeAccounts(request.POST if request.method == "POST" else None, closed=row)
    kept = _account(request, form.cleaned_data["into"].public_id) if form.is_bound and form.is_valid() else None
    if kept is not None and (fault := _refusal(request, kept)):
        form.add_error("into", fault)
        kept = None
    if kept is not None and request.POST.get("sure"):
        by, at = reader(request), request_time(request)
        try:
            merge_accounts(kept=kept, closed=row, reason=form.cleaned_data["reason"], by=by, at=at)
        except (AccountRefused, PostRefused) as refusal:
            form.add_error(None, str(getattr(refusal, "reason", refusal)))
        else:
            said = {"closed": row.account, "kept": kept.account}
            messages.success(request, _("%(closed)s is closed; its posts are with %(kept)s.") % said)
            return redirect("office_account", public_id=kept.public_id)
    crumbs = [(_("Accounts"), "office_accounts"), (_("Merge"), "")]
    context = {**_facts(request, row), "form": form, "kept": None if form.errors else kept}
    return page(request, "tenants/account_merge.html", crumbs, status=422 if form.errors else None, **context)


@require_POST
@_office
def account_reset(request: HttpRequest, public_id: str) -> HttpResponse:
    """A reset code for somebody who forgot the password."""
    row = _account(request, public_id)
    try:
        made = make_reset_code(person=row, by=reader(request), at=request_time(request))
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("office_account", public_id=public_id)
    return redirect("reset_sheet", public_id=made.public_id)


def _account(request: HttpRequest, public_id: Any) -> Any:
    return get_object_or_404(accounts_with_posts(request_day(request)), public_id=public_id)


def _refusal(request: HttpRequest, row: User) -> str:
    verdict = may_keep_account(reader(request), row, request_day(request))
    return str(verdict.reason) if isinstance(verdict, Refused) else ""


def _facts(request: HttpRequest, row: User) -> dict[str, Any]:
    return {"row": row, "seats": standings(row, request_day(request)), "refusal": _refusal(request, row)}


def _change(request: HttpRequest, public_id: str, act: Callable[..., None], texts: dict[str, str]) -> HttpResponse:
    """The page that says what will follow and asks why, and its POST; what is refused is said above the form."""
    row = _account(request, public_id)
    form: forms.Form = WithReason(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            act(person=row, by=reader(request), at=request_time(request), **form.cleaned_data)
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, texts["done"] % {"name": row.name})
            return redirect("office_account", public_id=public_id)
    title = texts["title"] % {"name": row.name}
    crumbs = [(_("Accounts"), "office_accounts"), (texts["button"], "")]
    words = {**texts, **_facts(request, row), "title": title, "form": form}
    return page(request, "tenants/account_change.html", crumbs, status=422 if form.errors else None, **words)
