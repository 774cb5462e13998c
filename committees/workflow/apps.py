"""The kernel: states, moves, guards, trail."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Every business move of the house goes through here."""

    name = "committees.workflow"
