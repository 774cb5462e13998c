"""What results, suggestions and the office's pages cost in queries, with one row and with three."""

from datetime import date
from itertools import count

import pytest
from django.utils import timezone

from search.asked import note_asked
from search.models import UnreadFile
from search.outbox import write_documents
from search.readers import school_token
from search.registry import PUBLIC, Document
from tests.ground.clients import association_client, school_client

DAY = date(2026, 11, 20)


@pytest.fixture
def make():
    """`make(space, token)` puts one more document into the index."""
    numbers = count()

    def one(space=0, token=PUBLIC):
        number = next(numbers)
        document = Document(
            f"count:{number}", "page", f"游泳池换水{number}", f"/c/{number}/", (token,), "游泳池换水的安排", space=space,
            school_id=space or None, committee="energy", day=DAY,
        )  # fmt: skip
        write_documents("count", [document.key], [document])

    return one


@pytest.fixture
def visitor(cast):
    return association_client(None)


def test_results(visitor, make, queries):
    queries.at_1_and_3(12, make, lambda: visitor.get("/search/", {"q": "游泳池换水"}))


def test_approximate_results(visitor, make, queries):
    """After each change the words of titles and the size of the index are read once more in each process."""
    for rows in (1, 2):
        for _ in range(rows):
            make()
        visitor.get("/search/", {"q": "游泳池换水 安排 鸸鹋"})
        with queries(28):
            visitor.get("/search/", {"q": "游泳池换水 安排 鸸鹋"})


def test_results_by_date_with_a_choice(visitor, make, queries):
    asked = {"q": "游泳池换水", "order": "date", "committee": "energy", "year": "2026"}
    queries.at_1_and_3(12, make, lambda: visitor.get("/search/", asked))


def test_nothing_found(visitor, make, queries):
    make()
    visitor.get("/search/", {"q": "鸸鹋"})
    with queries(11):
        visitor.get("/search/", {"q": "鸸鹋"})


def test_suggestions(visitor, make, queries):
    queries.at_1_and_3(4, make, lambda: visitor.get("/search/suggest/", {"q": "youyongchi"}))


def test_results_in_a_school(cast, make, queries):
    school = cast.school_a
    client = school_client(school, cast["clerk_a"])
    queries.at_1_and_3(
        16, lambda: make(school.pk, school_token(school.pk)), lambda: client.get("/search/", {"q": "游泳池换水"})
    )


def test_suggestions_in_a_school(cast, make, queries):
    school = cast.school_a
    client = school_client(school, cast["clerk_a"])
    queries.at_1_and_3(
        5, lambda: make(school.pk, school_token(school.pk)), lambda: client.get("/search/suggest/", {"q": "游泳池"})
    )


def test_results_for_programs(visitor, make, queries):
    queries.at_1_and_3(12, make, lambda: visitor.get("/api/v1/search", {"q": "游泳池换水"}))


def test_the_report(cast, queries):
    editor, numbers = association_client(cast["editor"]), count()

    def make_row():
        number = next(numbers)
        for _ in range(2):
            note_asked(f"游泳池{number}", found=False, day=timezone.now().date())
        UnreadFile.objects.create(
            key=f"file:{number}", title="附件", address="/f/", reason="no_text", noted_at=timezone.now()
        )

    queries.at_1_and_3(12, make_row, lambda: editor.get("/office/search/"))
