"""Committees as bodies: seats, terms, experts."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    """Who sits where."""

    name = "committees.roster"
