"""Committees as bodies: seats, terms, experts."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    """Who sits where."""

    name = "committees.roster"

    def ready(self) -> None:
        """Tell the lower floor about seats: on the account page, in invitations, on the rail."""
        from committees.roster.actions import accept_seat
        from committees.roster.doors import office_doors, seat_offer, seat_standings
        from committees.roster.member_search import declare_members
        from committees.roster.models import SeatKind
        from committees.roster.queries import seat_holders
        from committees.roster.search import declare_people, seat_tokens
        from search.readers import offer_tokens
        from tenants.actions.invitations import ACCEPT
        from tenants.frames import register_doors
        from tenants.models import InvitationKind
        from tenants.offers import WORDS
        from tenants.security_words import VALUES
        from tenants.signin.doors import register_standings
        from tenants.signin.second_step import register_holders

        ACCEPT[InvitationKind.SEAT] = accept_seat
        VALUES["seat"] = dict(SeatKind.choices)
        WORDS[InvitationKind.SEAT] = seat_offer
        register_standings(seat_standings)
        register_holders(seat_holders)
        register_doors(office_doors)
        declare_people()
        declare_members()
        offer_tokens(seat_tokens)
