"""Tables of the public site: pictures and documents, and the four kinds of page."""

from cms.models.media import Picture, PictureRendition, SiteDocument
from cms.models.pages import HomePage, NewsIndexPage, NewsPage, StandardPage

__all__ = ["HomePage", "NewsIndexPage", "NewsPage", "Picture", "PictureRendition", "SiteDocument", "StandardPage"]
