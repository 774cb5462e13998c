"""`make mutants`: plants every fault of this folder in a copy of the tree; the suite must catch each.

First the sound tree runs all the tests that are named: a test that fails anyway catches nothing. Words choose faults.
"""

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from deploy.places import Places
from deploy.postgres import test_cluster
from tests.mutants.fault import Fault, all_faults
from tests.mutants.lane import PASSED, Lane, Verdict

LANES = 2
_say = threading.Lock()


def main(words: list[str]) -> int:
    """Print one line a fault and the sum; 0 when all were caught."""
    faults = [fault for fault in all_faults() if not words or any(word in fault.name for word in words)]
    begin, template = time.monotonic(), _database_for_all()
    folder = Path(tempfile.mkdtemp(prefix="houqin-mutants-"))
    try:
        lanes = [Lane(folder / f"tree{number}" / "portal", template) for number in range(LANES)]
        if trouble := _sound(lanes, faults):
            print(f"the sound tree fails already:\n{trouble}")
            return 1
        print(f"the sound tree passes ({time.monotonic() - begin:.0f} s)", flush=True)
        verdicts = _try_all(lanes, faults)
    finally:
        shutil.rmtree(folder)
    caught = sum(verdict.caught for verdict in verdicts)
    print(f"{caught}/{len(faults)} in {time.monotonic() - begin:.0f} s")
    return 0 if caught == len(faults) else 1


def _database_for_all() -> str:
    """The template of the sound tree; its server is named for the copies, which would look for one of their own."""
    from tests.ground.databases import template_database

    template = template_database()
    if "TEST_CLUSTER" not in os.environ:
        os.environ["TEST_CLUSTER"] = str(test_cluster(Places.here()).socket_folder)
    return template


def _sound(lanes: list[Lane], faults: Iterable[Fault]) -> str:
    """What fails without any fault, each selection in its own words; empty when nothing does."""
    chosen: list[tuple[str, ...]] = sorted({fault.tests for fault in faults})
    by_file: dict[str, list[str]] = {}
    for test, *more in chosen:
        by_file.setdefault(test, []).append(more[1] if more else "")
    selections = [(test, *([] if "" in keys else ["-k", " or ".join(sorted(keys))])) for test, keys in by_file.items()]
    troubles = _spread(lanes, selections, lambda lane, tests: lane.run(tests))
    return "\n".join(said for code, said in troubles if code != PASSED)


def _try_all(lanes: list[Lane], faults: list[Fault]) -> list[Verdict]:
    def one(lane: Lane, fault: Fault) -> Verdict:
        verdict = lane.try_fault(fault)
        with _say:
            word = "caught" if verdict.caught else verdict.trouble or "SURVIVED"
            print(f"  {fault.name}: {fault.text}: {word}", flush=True)
        return verdict

    return _spread(lanes, faults, one)


def _spread(lanes, work, do):  # type: ignore[no-untyped-def]
    """Do all pieces of work, one at a time in each lane; the results in order."""
    free: Queue[Lane] = Queue()
    for lane in lanes:
        free.put(lane)

    def one(piece):  # type: ignore[no-untyped-def]
        lane = free.get()
        try:
            return do(lane, piece)
        finally:
            free.put(lane)

    with ThreadPoolExecutor(len(lanes)) as pool:
        return list(pool.map(one, work))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
