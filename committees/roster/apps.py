"""Committees as bodies: seats, terms, experts."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    """Who sits where."""

    name = "committees.roster"

    def ready(self) -> None:
        """Tell the lower floor about seats: on the account page, in invitations, on the rail."""
        from committees.roster.actions import accept_seat
        from committees.roster.doors import office_doors, seat_offer, seat_standings
        from tenants.actions.invitations import ACCEPT
        from tenants.frames import register_doors
        from tenants.models import InvitationKind
        from tenants.offers import WORDS
        from tenants.signin.doors import register_standings

        ACCEPT[InvitationKind.SEAT] = accept_seat
        WORDS[InvitationKind.SEAT] = seat_offer
        register_standings(seat_standings)
        register_doors(office_doors)
