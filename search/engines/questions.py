"""Steps as questions to Elasticsearch: plain boolean, over tokens that stand there as PostgreSQL has them."""

from typing import Any

from search.planning.plan import Group, Step
from search.planning.tokens import Term

Question = dict[str, Any]


def query_of(step: Step, *, titles: bool = False) -> Question:
    """A step as bool queries; with `titles` only where it stands in the title."""
    return {"bool": {"should": [_all([_group(group, titles) for group in groups]) for groups in step.sets]}}


def _all(queries: list[Question]) -> Question:
    return queries[0] if len(queries) == 1 else {"bool": {"filter": queries}}


def _any(queries: list[Question]) -> Question:
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries}}


def _group(group: Group, titles: bool) -> Question:
    return _any([_all([_term(term, titles) for term in each.terms]) for each in group.alternatives])


def _term(term: Term, titles: bool) -> Question:
    fields = ("title_tokens",) if titles else ("title_tokens", "body_tokens")
    return _any([_phrase(term, field) for field in fields])


def _phrase(term: Term, field: str) -> Question:
    if len(term.tokens) == 1:
        return {"prefix" if term.open else "term": {field: {"value": term.tokens[0]}}}
    kind = "match_phrase_prefix" if term.open else "match_phrase"
    more = {"max_expansions": 1_000} if term.open else {}
    return {kind: {field: {"query": " ".join(term.tokens), **more}}}
