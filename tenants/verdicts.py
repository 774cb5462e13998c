"""What a rule answers: allowed, or refused with a reason a person can read."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Allowed:
    """The rule says yes."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Refused:
    """The rule says no; `reason` is shown to the person, in their language."""

    reason: str | Promise

    def __bool__(self) -> bool:
        return False


Verdict = Allowed | Refused
