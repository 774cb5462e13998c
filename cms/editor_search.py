"""The search of the editors' screens (Wagtail's own, on PostgreSQL), taught Chinese: texts and queries cut the same way.

Named by WAGTAILSEARCH_BACKENDS. A page hands over its words already cut (`SitePage.cut_words`); a query is cut here.
"""

import copy
from collections.abc import Iterable
from typing import Any

from wagtail.search.backends.database.postgres.postgres import (
    Lexeme,
    PlainText,
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
    SearchQuery,
)
from wagtail.search.index import AutocompleteField, SearchField

from search.lexicons import current_lexicon
from search.planning.normal import is_chinese, query_words
from search.planning.tokens import term_of


class CutsChinese:
    """Mixin of a compiler: Chinese in a query becomes the bigrams of its words, all of which must be there."""

    def build_tsquery_content(self, query: Any, config: Any = None, invert: bool = False) -> Any:
        """Other queries (letters only, phrases, combinations) stay Wagtail's."""
        if not isinstance(query, PlainText) or not is_chinese(query.query_string):
            return super().build_tsquery_content(query, config=config, invert=invert)  # type: ignore[misc]
        lexemes = None
        for text, opened in cut_query(query.query_string):
            lexeme = Lexeme(text, invert=invert, prefix=opened)
            lexemes = lexeme if lexemes is None else lexemes & lexeme
        return SearchQuery(lexemes, search_type="raw", config=config) if lexemes is not None else None


def cut_query(text: str) -> list[tuple[str, bool]]:
    """The tokens of a query; the second says that only the beginning of a token is meant."""
    terms = (term_of(word) for word in current_lexicon().cut(query_words(text)))
    return [
        (token, term.open and number == len(term.tokens) - 1)
        for term in terms if term
        for number, token in enumerate(term.tokens)
    ]  # fmt: skip


class SearchCompiler(CutsChinese, PostgresSearchQueryCompiler):
    """Queries of lists."""


class AutocompleteCompiler(CutsChinese, PostgresAutocompleteQueryCompiler):
    """Queries while one types."""


class _ReadOnce:
    """The searchable fields of one row, each of which reads its value (a whole text) only once."""

    def __init__(self, row: Any) -> None:
        self.known: dict[str, Any] = {}
        self.fields = [self._kept(field) for field in row.get_search_fields()]

    def __call__(self) -> list[Any]:
        return self.fields

    def _kept(self, field: Any) -> Any:
        if not isinstance(field, SearchField | AutocompleteField):
            return field

        def value(row: Any) -> Any:
            if field.field_name not in self.known:
                self.known[field.field_name] = field.get_value(row)
            return self.known[field.field_name]

        kept = copy.copy(field)
        kept.get_value = value
        return kept


class Index(PostgresIndex):
    """Wagtail's reads every field five times for each row: as title, body, autocomplete and as plain words."""

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        """Write these rows, all of one model, into the index."""
        rows = list(objs)
        for row in rows:
            row.get_search_fields = _ReadOnce(row)
        try:
            super().add_items(model, rows)
        finally:
            for row in rows:
                del row.get_search_fields


class SearchBackend(PostgresSearchBackend):
    """What WAGTAILSEARCH_BACKENDS names."""

    index_class = Index

    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
