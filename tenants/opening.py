"""How far the opening of a school has come: four steps, each read off the database, so a killed one goes on."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.hosts import forget_hosts, place_of
from tenants.models import Invitation, Membership, School, SchoolRole, SchoolState


@dataclass(frozen=True)
class Step:
    """One step: `key`, what it is called, whether it is done, and whether the system does it by itself."""

    key: str
    label: str | Promise
    done: bool
    automatic: bool


def opening_steps(school: School) -> list[Step]:
    """Registered, space built, address answers, head invited."""
    built = school.state != SchoolState.OPENING
    return [
        Step("registered", _("registered"), True, True),
        Step("built", _("space built"), built, True),
        Step("answers", _("address answers"), built and address_answers(school), True),
        Step("head", _("head invited"), built and head_invited(school), False),
    ]


def address_answers(school: School) -> bool:
    """True when the host leads to this school and its space has every table of the template."""
    forget_hosts()
    found = place_of(school.host).school
    if found is None or found.pk != school.pk:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p')), "
            "(SELECT count(*) FROM tenants_templatestatement WHERE sql LIKE 'CREATE TABLE %%')",
            [school.schema_name],
        )
        there, wanted = cursor.fetchone()
    return bool(there >= wanted > 0)


def head_invited(school: School) -> bool:
    """True when the school has a head, or an invitation for one that is open or accepted."""
    if Membership.objects.filter(school=school, role=SchoolRole.HEAD, ends_on=None).exists():
        return True
    return Invitation.objects.filter(Q(revoked_at=None), school=school, role=SchoolRole.HEAD).exists()
