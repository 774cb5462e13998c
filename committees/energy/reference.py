"""What every association needs before its first call: forms and coefficients."""

from datetime import datetime

from committees.energy.coefficients import load_coefficients
from committees.energy.forms import ALL_FORMS
from committees.filings.actions import load_form


def load_reference(*, at: datetime) -> None:
    """Keep the shipped forms and coefficients; repeating it changes nothing."""
    load_coefficients(at=at)
    for form in ALL_FORMS:
        load_form(form=form, at=at)
