"""Search in a school's space: public matter and the school's own records."""

from django.urls import path

from search.views import results

urlpatterns = [
    path("search/", results.school_search, name="search"),
    path("search/suggest/", results.school_suggest, name="search_suggest"),
]
