"""Where a path on some host lies, seen from a page or from a mail."""

from django.conf import settings
from django.utils.http import urlencode

from tenants.models import School
from tenants.signin.paths import localized


def way_to(path: str, school: School | None, here: int | None) -> str:
    """The way to `path` of a school (None: the association) from the host of school `here`: on the same host the
    path itself, to another school through the association's door, with a ticket."""
    if (school.pk if school else None) == here:
        return localized(path)
    if school is None:
        return f"{settings.ASSOCIATION_URL}{localized(path)}"
    return enter_address(school.code, localized(path))


def enter_address(code: str, path: str) -> str:
    """The way into a school from any host: through the association's door, with a ticket."""
    return f"{settings.ASSOCIATION_URL}{localized('/accounts/enter/')}?{urlencode({'school': code, 'next': path})}"


def address_in_mail(path: str, school: School | None) -> str:
    """The full address of a path, in the language at hand."""
    return f"{school.url if school else settings.ASSOCIATION_URL}{localized(path)}"
