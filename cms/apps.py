"""The public site of the association (Wagtail)."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Pages, pictures, documents; association floor only."""

    name = "cms"

    def ready(self) -> None:
        """Make the site's pages findable; comparison reads Chinese; pictures are drawn ahead."""
        from wagtail.signals import page_published

        from cms.comparing import install
        from cms.drawing import ask_to_draw
        from cms.search import declare_pages
        from cms.search_files import declare_files

        declare_files(declare_pages())
        install()
        page_published.connect(ask_to_draw, dispatch_uid="site.draw")
