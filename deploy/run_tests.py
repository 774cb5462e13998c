"""`make test` and `make prove`: start the test cluster, see to a browser, hand over to pytest, in random order."""

import os
import shlex
import sys

from deploy import browser, office
from deploy.places import Places
from deploy.postgres import StartFailed, test_cluster
from deploy.progress import Progress, fail


def main() -> int:
    places = Places.here()
    progress = Progress()
    try:
        places.make()
        test_cluster(places)
    except (StartFailed, PermissionError) as error:
        return fail(str(error))
    progress.say("database server of the tests: ready")
    path = browser.obtain(places, progress)
    if path:
        os.environ[browser.VARIABLE] = path
        progress.say(f"browser: {path}")
    proving = "--prove" in sys.argv[1:]
    if proving:
        office.obtain(places, progress)
    words = shlex.split(os.environ.get("ARGS", ""))
    chosen = any(word == "-n" or word.startswith(("-n", "--numprocesses")) for word in words)
    # The longer proofs measure and kill: they stand alone on the machine, one after the other.
    workers = [] if chosen or proving else ["-n", "auto"]
    marked = ["-m", "prove" if proving else "not prove"]
    arguments = [sys.executable, "-m", "pytest", *workers, *marked, *words]
    sys.stdout.flush()
    return os.execv(sys.executable, arguments)


if __name__ == "__main__":
    sys.exit(main())
