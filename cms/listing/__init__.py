"""Lists of the site: what each list page shows, by which filters, page by page."""

from cms.listing.kinds import listing_of
from cms.listing.parts import Choice, Facet, Listing

__all__ = ["Choice", "Facet", "Listing", "listing_of"]
