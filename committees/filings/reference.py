"""What every association needs before its first call: the forms that come with the kinds, and what those compute with."""

from datetime import datetime

from committees.filings.actions import load_form
from committees.filings.kinds import all_kinds


def load_shipped(*, at: datetime) -> None:
    """Keep what the kinds bring with them; repeating it changes nothing."""
    for kind in all_kinds():
        kind.prepare(at)
        for form in kind.shipped:
            load_form(form=form, at=at)
