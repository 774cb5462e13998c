"""Addresses of a school's host. English pages stand under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from committees.notices import urls as notices
from portal import preferences
from portal.desk import home_show
from portal.urls import api
from portal.urls.desk import desk_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("preferences/theme/", preferences.theme_set, name="theme_set"),
    path("preferences/language/", preferences.language_set, name="language_set"),
    *api.school,
    *i18n_patterns(
        path("", home_show, name="school_home"),
        *desk_urls,
        path("", include("tenants.urls.school")),
        path("", include(notices.urlpatterns)),
        path("", include("search.urls.school")),
        path("", include("committees.filings.school.urls")),
        path("", include("committees.keys.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "portal.errors.bad_request"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"
