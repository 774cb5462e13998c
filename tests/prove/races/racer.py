"""One of the people who act at the same moment: a process with its own Django, held between its read and its write.

It reads commands as lines of JSON and answers each with one line. Nothing of the portal knows of it: the steps between
read and write are wrapped here, in this process only.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

#: How long the one that has read waits for the other to arrive, or to stand before the lock.
PATIENCE_SECONDS = 5.0
POLL_SECONDS = 0.001
IN_SCHOOL = {
    "start", "answer", "request_approval", "send_back", "recall", "file", "withdraw", "save_draft", "add_evidence",
    "say_none", "recall_none", "file_scan",
}  # fmt: skip


class Barrier:
    """Between read and write: wait until the other has read too, or waits for the row that this one has locked."""

    def __init__(self, folder: Path, me: int) -> None:
        import psycopg

        from tenants.connection import connection
        from tests.ground.cluster import the_cluster

        self.folder, self.me, self.wanted = folder, me, ""
        self.race, self.other_backend, self.overlapped = 0, 0, False
        name = connection.settings_dict["NAME"]
        self.watch = psycopg.connect(the_cluster().superuser_url(name), autocommit=True)

    def prepare(self, race: int, step: str, other_backend: int) -> None:
        """Arm it for one race, at one step."""
        self.race, self.wanted, self.other_backend, self.overlapped = race, step, other_backend, False

    def meet(self, step: str) -> None:
        """Called by the wrapped steps; holds once in a race."""
        if step != self.wanted:
            return
        self.wanted = ""
        (self.folder / f"{self.race}-{self.me}").touch()
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            if (self.folder / f"{self.race}-{1 - self.me}").exists() or self._other_waits():
                self.overlapped = True
                return
            time.sleep(POLL_SECONDS)

    def _other_waits(self) -> bool:
        found = self.watch.execute(
            "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s", [self.other_backend]
        ).fetchone()
        return bool(found and found[0])


def wrap_steps(barrier: Barrier) -> None:
    """Put the barrier behind each read: of a move, of a draft, of a draft's files, of a call's sums."""
    from committees.filings import actions
    from committees.filings.models import Draft
    from committees.filings.school import evidence
    from committees.workflow import advance

    def held(step: str, after: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            barrier.meet(step)
            return after(*args, **kwargs)

        return call

    advance._check = held("check", advance._check)
    actions.roll_up = held("rollup", actions.roll_up)
    evidence.keep_content = held("keep", evidence.keep_content)
    Draft.save = held("save", Draft.save)  # type: ignore[method-assign]


def take_locks_off() -> None:
    """The control: every row is read without being locked."""
    from django.db.models import QuerySet

    QuerySet.select_for_update = lambda self, *args, **kwargs: self._chain()  # type: ignore[method-assign]


@contextmanager
def where(do: str, row: Any) -> Iterator[None]:
    """A school's moves are made in its own books."""
    from tenants.context import school_scope

    with school_scope(row.school) if do in IN_SCHOOL else nullcontext():
        yield


def act(command: dict[str, Any]) -> dict[str, Any]:
    """Do what the command says, as the pages would; what came of it."""
    from committees.filings import actions
    from committees.filings.models import Call, Filing
    from committees.workflow.advance import MoveRefused
    from tenants.clock import database_now
    from tenants.models import User

    do, given = command["do"], dict(command.get("given", {}))
    by = User.objects.get(account=command["by"])
    if "call" in command:
        row: Any = Call.objects.get(pk=command["call"])
        given["call"] = row
    else:
        filings = Filing.objects.select_related("school", "call__committee", "call__form", "duty")
        row = given["filing"] = filings.get(pk=command["filing"])
    given |= {"by": by, "at": database_now()}
    _spell_out(do, given)
    try:
        with where(do, row):
            made = _action(do)(**given)
    except MoveRefused as refused:
        return {"result": "refused", "code": refused.code, "text": str(refused.reason)}
    except actions.DraftConflict as conflict:
        return {"result": "refused", "code": "conflict", "text": str(conflict.draft.revision)}
    return {"result": "made", "trail": made.pk, "who": by.name}


def _action(do: str) -> Callable[..., Any]:
    from committees.filings import actions, approval_actions, call_actions, co_issue_actions, duty_actions
    from committees.filings.school.evidence import add_evidence

    if do == "add_evidence":
        return add_evidence
    rooms = (actions, duty_actions, call_actions, approval_actions, co_issue_actions)
    found: Callable[..., Any] = next(getattr(room, do) for room in rooms if hasattr(room, do))
    return found


def _spell_out(do: str, given: dict[str, Any]) -> None:
    """What JSON cannot say."""
    from decimal import Decimal

    from committees.files.inspection import inspect_upload
    from committees.filings.answers import Entry
    from tenants.models import School

    if "key" in given:
        given["key"] = UUID(given["key"])
    if "due_on" in given:
        given["due_on"] = date.fromisoformat(given["due_on"])
    if do == "save_draft":
        given["entries"] = {code: Entry(Decimal(text), source=text) for code, text in given["entries"].items()}
    if do in {"open_call", "add_schools"}:
        given["schools"] = list(School.objects.filter(code__in=given["schools"]).order_by("pk"))
    if do == "file_scan":
        given["paper"] = _paper(given.pop("signer"), given.pop("signed_on"))
    if do == "add_evidence":
        given["content"] = given["content"].encode()
        given["inspection"] = inspect_upload("invoice.pdf", given["content"])


def _paper(signer: str, signed_on: str) -> Any:
    """A stamped scan as the page takes it in."""
    from committees.files.inspection import Inspection, inspect_upload
    from committees.filings.approvals import StampedPaper

    content = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
    inspected = inspect_upload("scan.pdf", content)
    assert isinstance(inspected, Inspection)
    return StampedPaper(content, inspected, signer, date.fromisoformat(signed_on))


def answer(barrier: Barrier, command: dict[str, Any]) -> dict[str, Any]:
    """One command; a failure that is no refusal is told as such."""
    barrier.prepare(command["race"], command["step"], command["other"])
    try:
        done = act(command)
    except Exception as error:  # noqa: BLE001  # what breaks is what the control is after
        done = {"result": "broke", "text": f"{type(error).__name__}: {error}"}
    return done | {"overlapped": barrier.overlapped}


def file_together(command: dict[str, Any]) -> list[dict[str, Any]]:
    """Several filings at once, each in a thread with a connection of its own."""
    from tenants.connection import connection

    answers: list[dict[str, Any]] = []

    def one(filing: int) -> None:
        try:
            answers.append(act({"do": "file", "by": command["by"], "filing": filing}))
        except Exception as error:  # noqa: BLE001
            answers.append({"result": "broke", "text": f"{type(error).__name__}: {error}"})
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[filing]) for filing in command["filings"]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def main() -> None:
    """`racer.py <folder> <0 or 1> [unlocked]`."""
    import django

    django.setup()
    from tenants.connection import connection

    if "unlocked" in sys.argv:
        take_locks_off()
    barrier = Barrier(Path(sys.argv[1]), int(sys.argv[2]))
    wrap_steps(barrier)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    print(json.dumps({"backend": backend}), flush=True)
    for line in sys.stdin:
        command = json.loads(line)
        told = file_together(command) if command["do"] == "file_together" else answer(barrier, command)
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
