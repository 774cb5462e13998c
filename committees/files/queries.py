"""Reads of this room."""

from collections.abc import Iterable

from committees.files.models import StoredFile


def stored_hashes() -> Iterable[str]:
    """Hashes of the association's own files."""
    return StoredFile.objects.values_list("sha256", flat=True).distinct()
