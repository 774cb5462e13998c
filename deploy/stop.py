"""`make stop`: ends a demo that runs in this clone, what an earlier one left behind, and both database servers."""

import os
import signal
import sys

from deploy import children, locks, procfs
from deploy.places import Places
from deploy.postgres import DEMO_SETTINGS, TEST_SETTINGS, cluster_of


def end_demo(places: Places) -> None:
    """Asks the run that holds the demo's lock to end, and waits for it."""
    lock = places.data / "demo.lock"
    try:
        with locks.hold(lock, wait=False):
            return
    except locks.Taken:
        pid = int(lock.read_text().strip() or 0)
    if pid and procfs.alive(pid):
        os.kill(pid, signal.SIGTERM)
        procfs.wait_gone([pid], 30)
        print("demo: ended", flush=True)


def main() -> int:
    places = Places.here()
    if not places.data.exists():
        return 0
    end_demo(places)
    for name in ("web", "worker"):
        if children.end_left_over(places, name):
            print(f"{name}: ended what an earlier run left behind", flush=True)
    for name, settings in (("demo", DEMO_SETTINGS), ("tests", TEST_SETTINGS)):
        if cluster_of(places, name, settings).stop():
            print(f"database server of the {name}: ended", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
