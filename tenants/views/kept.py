"""The page on which a form that met the end of its sign-in is sent again."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tenants.doors import person, signed_in
from tenants.signin.keeping import resume_form


@never_cache
@require_safe
@signed_in
def kept_form_show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was typed, and one button that sends it where it was going."""
    found = resume_form(request, person(request), public_id)
    if found is None:
        raise Http404
    # Words are shown, to be known again; numbers, days and marks of the form go along unseen.
    texts = [value for _name, value in found.fields if len(value) > 3 and not value.isascii()]
    return render(request, "tenants/kept_form.html", {"kept": found, "texts": texts})
