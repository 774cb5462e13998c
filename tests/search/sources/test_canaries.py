"""Every school's, committee's and office's canary against every actor, by results, counts, facets and suggestions."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.outbox import write_documents
from search.readers import school_token
from search.registry import PUBLIC, Document
from tests.ground.cast import KEYS, VISITOR
from tests.ground.clients import association_client, school_client

ASSOCIATION = "association"
_MOMENT = re.compile(r"\"s\d+_x\d+\"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*(?:\+\d\d:\d\d)?")
#: Who may find what on the association's host, written by hand.
AT_ASSOCIATION = {
    "energy": {"officer", "expert1", "expert2", "expert3"}, "canteens": set(), "secretary": {"secretary"},
    "commission": {"commission"}, "editor": {"editor"}, "a": set(), "b": set(), "a-head": set(), "b-head": set(),
}  # fmt: skip
AT_A = {"a": {"head_a", "clerk_a"}, "a-head": {"head_a"}}
AT_B = {"b": {"head_b", "clerk_b", "correspondent"}, "b-head": {"head_b"}}
ACTORS = (VISITOR, *KEYS)


def canary(name, audience, space=0):
    return Document(
        f"canary:{name}", f"kind-{name}", f"金丝雀鸟笼{name}", f"/{name}/", (audience,), f"金丝雀{name}的话", space=space,
        school_id=space or None, committee=f"room-{name}", column=f"column-{name}",
    )  # fmt: skip


@pytest.fixture
def canaries(cast):
    a, b = cast.school_a.pk, cast.school_b.pk
    given = [
        canary("open", PUBLIC),
        canary("energy", "committee:energy"),
        canary("canteens", "committee:canteens"),
        canary("secretary", "association:secretary"),
        canary("commission", "association:commission"),
        canary("editor", "association:editor"),
        canary("a", school_token(a), a),
        canary("a-head", school_token(a, "head"), a),
        canary("b", school_token(b), b),
        canary("b-head", school_token(b, "head"), b),
    ]
    write_documents("canaries", [each.key for each in given], given)
    return {each.key.partition(":")[2] for each in given}


def sung(client, path):
    """The canaries that a page names, by title, kind, committee or column."""
    response = client.get(path)
    if response.status_code != 200:
        return set()
    text = re.sub(r"</?mark>", "", response.content.decode())
    if response["Content-Type"] == "application/json":
        text = "\n".join(row["title"] for row in response.json()["rows"])
    return set(
        re.findall(
            r"(?:鸟笼|kind-|room-|column-)(open|energy|canteens|secretary|commission|editor|[ab](?:-head)?)\b", text
        )
    )


def total(client):
    found = re.search(r'role="status">([\d,]+)', client.get("/search/?q=金丝雀").content.decode())
    return int(found[1]) if found else 0


@pytest.mark.requirement("S7-52")
@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("host", [ASSOCIATION, "a", "b"])
def test_nobody_finds_what_is_not_his(cast, canaries, host, actor):
    user = None if actor == VISITOR else cast[actor]
    school = {"a": cast.school_a, "b": cast.school_b}.get(host)
    client = school_client(school, user) if school else association_client(user)
    table = {"a": AT_A, "b": AT_B}.get(host, AT_ASSOCIATION)
    mine = {name for name, actors in table.items() if actor in actors}
    member = school is None or bool(mine)
    expected = ({"open"} if member else set()) | mine
    assert sung(client, "/search/?q=金丝雀") == expected
    assert sung(client, "/search/?q=金丝雀&order=date") == expected
    assert sung(client, "/search/suggest/?q=金丝雀") == expected
    assert sung(client, "/search/suggest/?q=jinsique") == expected
    for foreign in canaries - expected:
        assert sung(client, f"/search/?q=金丝雀&kind=kind-{foreign}") <= expected | {foreign}
        assert f"鸟笼{foreign}<" not in client.get(f"/search/?q=金丝雀&kind=kind-{foreign}").content.decode()
    if member:
        assert total(client) == len(expected)


@pytest.mark.requirement("S7-52")
@pytest.mark.parametrize("query", ["{}", "{} 食堂", "{}&order=date"])
@pytest.mark.parametrize("page", ["/search/?q=", "/search/suggest/?q="])
@pytest.mark.parametrize("host", ["school", ASSOCIATION])
def test_another_schools_record_is_asked_for_like_nothing(cast, canaries, host, page, query):
    """The same statements, word for word but for what was typed: neither how many nor which tell of another's records."""
    space = cast.school_b.pk
    secret = Document("canary:quokka", "kind-b", "quokka9", "/q/", (school_token(space),), "quokka9", space=space)
    write_documents("canaries", [secret.key], [secret])
    client = school_client(cast.school_a, cast["clerk_a"]) if host == "school" else association_client(cast["officer"])
    client.get(page + query.format("echidna9"))  # what is read once in a process
    statements = {}
    for word in ("wombat9", "quokka9"):
        with CaptureQueriesContext(connection) as asked:
            assert sung(client, page + query.format(word)) <= {"open"}
        statements[word] = [_MOMENT.sub("…", each["sql"].replace(word, "…")) for each in asked]
    assert statements["quokka9"] == statements["wombat9"]
