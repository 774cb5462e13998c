"""Numbers of papers as they stand in an address: 能备〔2026〕0137号 is 能备-2026-0137. Pure."""

import re

_NUMBER = re.compile(r"^(\w{1,2})([备函])〔(\d{4})〕(\d+)号$")
_SLUG = re.compile(r"^(\w{1,2})([备函])-(\d{4})-(\d+)$")


def slug_of(number: str) -> str:
    """The address form of a number; ValueError for anything that is no number of ours."""
    found = _NUMBER.match(number)
    if found is None:
        raise ValueError(f"{number} is no number of a call or a filing")
    mark, kind, year, serial = found.groups()
    return f"{mark}{kind}-{year}-{serial}"


def number_of(slug: str) -> str | None:
    """The number behind an address; None when it is none."""
    found = _SLUG.match(slug)
    if found is None:
        return None
    mark, kind, year, serial = found.groups()
    return f"{mark}{kind}〔{year}〕{serial}号"
