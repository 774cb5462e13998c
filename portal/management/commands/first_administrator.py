"""`manage.py first_administrator`: the invitation with which a new association begins."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from tenants.actions.invitations import invitation_link, invite
from tenants.clock import database_now, local_day
from tenants.models import AssociationPost, AssociationRole, InvitationKind, in_force


class Command(BaseCommand):
    """Makes nobody's password: whoever opens the link chooses account name and password."""

    help = "Invite the first system administrator; prints the link. Refused once there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        """The person's name, and an e-mail address if the link is to be sent as well."""
        parser.add_argument("--name", required=True)
        parser.add_argument("--email", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """One link to standard output."""
        at = database_now()
        role = AssociationRole.SYSTEM_ADMIN
        if AssociationPost.objects.filter(in_force(local_day(at)), role=role).exists():
            raise CommandError("there is a system administrator already; they invite the others at /office/people/")
        row = invite(
            kind=InvitationKind.POST, role=role, name=options["name"], email=options["email"],
            starts_on=local_day(at), by=None, at=at,
        )  # fmt: skip
        self.stdout.write(invitation_link(row))
