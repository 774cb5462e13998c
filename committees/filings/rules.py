"""Who may do what with calls and filings, and under which conditions."""

from datetime import datetime


def bind_flows() -> None:
    pass
