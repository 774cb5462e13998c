"""Where upper rooms declare what can be found: the source is known from now on, and its rows are watched."""

from search.outbox import watch
from search.registry import Source, register


def declare(source: Source) -> None:
    """Make a source's documents findable. Raises `TwiceDeclared`."""
    register(source)
    watch(source)
