"""Addresses of the association's host. English pages stand under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from cms import urls as cms_urls
from committees.notices import urls as notices
from portal import preferences
from portal.desk_later import calendar_feed
from portal.programs import developers_show
from portal.search_programs import opensearch_send
from portal.urls import api
from portal.urls.desk import desk_urls

# Rooms of the association come first; the site's pages take every address that is left, so they stand last.
urlpatterns: list[URLPattern | URLResolver] = [
    path("preferences/theme/", preferences.theme_set, name="theme_set"),
    path("preferences/language/", preferences.language_set, name="language_set"),
    path("calendar/<str:secret>.ics", calendar_feed, name="calendar_feed"),
    path("opensearch.xml", opensearch_send, name="opensearch"),
    *cms_urls.rooms,
    *api.association,
    *i18n_patterns(
        path("developers/", developers_show, name="developers"),
        *desk_urls,
        path("", include("tenants.urls.association")),
        path("office/committees/", include("committees.roster.urls")),
        path("", include(notices.urlpatterns + notices.association_urls)),
        path("", include("search.urls.association")),
        path("style/", include("portal.style.urls")),
        path("mailbox/", include("portal.mailbox.urls")),
        path("", include("committees.filings.committee_urls")),
        path("", include("committees.filings.public_urls")),
        path("", include("committees.commission.urls")),
        path("", include("committees.energy.bulletin_urls")),
        path("", include("cms.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "portal.errors.bad_request"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"
