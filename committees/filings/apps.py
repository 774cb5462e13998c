"""The stair between the floors: calls, duties, filings, seals, figures."""

from django.apps import AppConfig


class FilingsConfig(AppConfig):
    """A committee issues a call; every school addressed prepares its answer in its own books and files it."""

    name = "committees.filings"

    def ready(self) -> None:
        """Register the two flows, and how the hashes of evidence are read."""
        from committees.files.registry import register_hashes
        from committees.filings import rules
        from committees.filings.draft_search import declare_drafts
        from committees.filings.evidence_hashes import evidence_hashes
        from committees.filings.search import declare_filings

        rules.bind_flows()
        register_hashes("filings", evidence_hashes)
        declare_filings()
        declare_drafts()
