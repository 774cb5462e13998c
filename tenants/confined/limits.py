"""What a confined process does first: it takes from itself all that reading one file does not need."""

import resource
import sys


def confine(*, memory: int, cpu_seconds: int) -> None:
    """At most `memory` bytes and so many processor seconds, no file written, no core left. What passes these ends this
    process, never the portal. macOS takes no limit of memory; the others hold there."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
