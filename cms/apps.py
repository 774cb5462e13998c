"""The public site of the association (Wagtail)."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Pages, pictures, documents; association floor only."""

    name = "cms"

    def ready(self) -> None:
        """Make the site's pages findable; comparison reads Chinese; pictures are drawn ahead."""
        from wagtail.signals import page_published, workflow_cancelled

        from cms.comparing import install
        from cms.drawing import ask_to_draw
        from cms.models.editing import Duty
        from cms.office import office_doors, settle_cancelled
        from cms.queries import import_hashes
        from cms.search import declare_pages
        from cms.search_files import declare_files
        from committees.files.registry import register_hashes
        from tenants.frames import register_doors
        from tenants.security_words import VALUES

        declare_files(declare_pages())
        register_hashes("site_imports", import_hashes)
        install()
        # Upper rooms add their words to the log, and their doors to the rail.
        VALUES["role"] |= {f"newsroom_{duty.value}": duty.label for duty in Duty}
        register_doors(office_doors)
        workflow_cancelled.connect(settle_cancelled, dispatch_uid="site.reviews")
        page_published.connect(ask_to_draw, dispatch_uid="site.draw")
