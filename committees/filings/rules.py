"""Who may do what with calls and filings, and under which conditions."""


def bind_flows() -> None:
    """Register the two flows with their rules."""
