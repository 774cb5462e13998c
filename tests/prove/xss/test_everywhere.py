"""Every page and every file of every own address, with poison in all columns: nothing lives, no cell is a formula."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from pypdf import PdfReader

from tests.access import judging, matrix, rooms
from tests.access.asking import ask, path_of
from tests.access.places import place_of
from tests.access.routes import Route, is_own
from tests.prove.xss.gathering import Gathered
from tests.prove.xss.payloads import PAYLOADS
from tests.prove.xss.poison import Fill, columns, payloads, poison
from tests.prove.xss.test_xss import FORMULAS, _check_files
from tests.prove.xss.test_xss import find_live as find_live

pytestmark = [pytest.mark.prove, pytest.mark.timeout(1800)]
rooms.load()
#: Not a page of ours, or one that leads on.
LEAST_PAGES, LEAST_FILES, LEAST_COLUMNS = 100, 8, 40
AT_ONCE = 10


class _Back(Exception):
    """Takes back what one address needed."""


def shown(cast: Any, fill: Fill) -> Iterator[tuple[str, Any, int]]:
    """The answer of every own address to the first actor who gets it, each on freshly poisoned rows."""
    items = {(item.host, item.name): item for item in judging.all_routes()}
    rows = [row for row in matrix.read() if row.method == "GET" and "200" in row.outcomes.values()]
    for turn, row in enumerate(rows):
        item = items.get((row.host, row.route))
        if not isinstance(item, Route) or not is_own(item):
            continue
        actor = next(actor for actor, outcome in row.outcomes.items() if outcome == "200")
        answer = None
        try:
            with transaction.atomic():
                place = place_of(item.name, item.host, cast)
                if place is None and item.parameters:
                    continue
                taken = poison(cast.school_a, fill, turn)
                answer = ask(
                    item.host,
                    path_of(item, place.own if place else {}, place.path if place else ""),
                    "GET",
                    actor,
                    cast,
                )
                raise _Back
        except _Back:
            yield f"{row.host},{row.route}", answer, taken


def acts(content: bytes) -> list[str]:
    """What a PDF does by itself or leads to: programs, other programs, addresses with poison in them."""
    reader = PdfReader(BytesIO(content))
    root: Any = reader.trailer["/Root"]
    found = [key for key in ("/OpenAction", "/AA") if key in root]
    names = root.get("/Names", {})
    found += [key for key in ("/JavaScript", "/EmbeddedFiles") if key in names]
    for page in reader.pages:
        for mark in page.get("/Annots") or []:
            action = mark.get_object().get("/A", {})
            if action.get("/S") not in {None, "/URI", "/GoTo"} or "hqx" in str(action.get("/URI", "")):
                found.append(str(action))
    return found


def test_no_page_lives(cast, find_live):
    out, most, papers = Gathered(), 0, 0
    for where, answer, taken in shown(cast, payloads):
        most = max(most, taken)
        assert answer.status_code == 200, where
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            out.pages.append((where, answer.content.decode()))
        elif answer.headers.get("Content-Type") == "application/pdf":
            content = getattr(answer, "body", b"") or answer.content
            assert not acts(content), where
            papers += 1
    live = [fault for at in range(0, len(out.pages), AT_ONCE) for fault in find_live(out.pages[at : at + AT_ONCE])]
    assert not live, f"{len(live)} live: {live[:8]}"
    poisoned = [where for where, text in out.pages if "hqx" in text]
    print(
        f"\n{papers} papers, {len(out.pages)} pages, {len(poisoned)} of them with poison in sight, "
        f"{most} of {len(list(columns()))} columns"
    )
    assert len(out.pages) >= LEAST_PAGES
    assert len(poisoned) >= LEAST_PAGES // 2
    assert most >= 20
    assert papers


def test_no_cell_of_a_file_starts_a_formula(cast):
    def formulas(most: int | None, turn: int) -> str:
        return FORMULAS[turn % len(FORMULAS)][: most or 200]

    out = Gathered()
    for where, answer, _taken in shown(cast, formulas):
        body = getattr(answer, "body", b"") or (b"" if answer.streaming else answer.content)
        if body.startswith((b"PK", b"\xef\xbb\xbf")):
            out.files.append((where, body))
    _check_files(out)
    print(f"\n{len(out.files)} files: {', '.join(where for where, _content in out.files)}")
    assert len(out.files) >= LEAST_FILES


def test_the_poison_is_all_of_it():
    """Every payload comes at its turn into a column of a hundred characters, and all begin a text without limit."""
    seen = {one for turn in range(len(PAYLOADS)) for one in PAYLOADS if one in payloads(100, turn)}
    assert seen == set(PAYLOADS)
    assert len(list(columns())) >= LEAST_COLUMNS
