"""Figures as data: enough for anyone to compute them again from a payload, without our code. Pure."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Recipe:
    """One computed figure = times x sum(value x coefficient over `add`) [/ sum(values of `over`)].

    `add` pairs an indicator with a coefficient (text of a Decimal). Empty values are left out; when all are empty, or the
    sum below the line is zero or missing, the figure is not defined. Quotients are rounded half even to ten places.
    """

    figure: str
    unit: str
    add: tuple[tuple[str, str], ...]
    times: str = "1"
    over: tuple[str, ...] = ()
    #: The rows of the coefficients that stand in `add`.
    uses: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As it stands in a seal.json."""
        return {key: value for key, value in asdict(self).items() if key != "uses"}
