"""Addresses of the association's host."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from cms import urls as cms_urls

# Rooms of the association come first; the site's pages take every address that is left, so they stand last.
urlpatterns: list[URLPattern | URLResolver] = [
    *cms_urls.rooms,
    *i18n_patterns(path("", include("cms.urls")), prefix_default_language=False),
]
