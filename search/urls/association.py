"""Search on the association's host: for everybody; for editors the words, and what is asked for."""

from django.urls import path

from search.views import lexicon, office, results

urlpatterns = [
    path("search/", results.search_show, name="search"),
    path("search/suggest/", results.search_suggest, name="search_suggest"),
    path("office/search/", office.search_report, name="search_report"),
    path("office/search/words/", lexicon.lexicon_list, name="search_lexicon"),
    path("office/search/words/new/", lexicon.line_edit, name="search_line_new"),
    path("office/search/words/<int:pk>/", lexicon.line_edit, name="search_line"),
    path("office/search/words/<int:pk>/remove/", lexicon.line_remove, name="search_line_remove"),
]
