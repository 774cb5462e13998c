"""The public site of the association (Wagtail)."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Pages, pictures, documents; association floor only."""

    name = "cms"

    def ready(self) -> None:
        """Make the site's pages findable; comparison reads Chinese."""
        from cms.comparing import install
        from cms.search import declare_pages

        declare_pages()
        install()
