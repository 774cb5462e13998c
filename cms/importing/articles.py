"""An article of an old site as any export gives it, and what was found wrong."""

from dataclasses import dataclass, field
from datetime import date

MB = 1024 * 1024
#: An export larger than this is split by whoever makes it.
MOST_BYTES = 60 * MB
MOST_ARTICLES = 5_000


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: the row of a CSV or the number of an item, and the column or part."""

    place: str
    words: str


@dataclass
class Article:
    """One article. `place` says where it stands in the export, `address` where it stood on the old site (a path)."""

    place: str
    title: str
    day: date | None
    column: str
    html: str
    address: str
    author: str = ""


@dataclass
class Export:
    """What an export holds: articles, and faults of its shape."""

    articles: list[Article] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
