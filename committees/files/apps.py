"""The one way a file comes in and goes out."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Inspection, the content-addressed store, private download."""

    name = "committees.files"

    def ready(self) -> None:
        """Tell the sweeper of this room's own files."""
        from committees.files.queries import stored_hashes
        from committees.files.registry import register_hashes

        register_hashes("files", stored_hashes)
