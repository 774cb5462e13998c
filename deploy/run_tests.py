"""`make test`: starts the test cluster, sees to a browser, and hands over to pytest, in parallel and random order."""

import os
import shlex
import sys

from deploy import browser
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
    words = shlex.split(os.environ.get("ARGS", ""))
    chosen = any(word == "-n" or word.startswith(("-n", "--numprocesses")) for word in words)
    arguments = [sys.executable, "-m", "pytest", *([] if chosen else ["-n", "auto"]), *words]
    sys.stdout.flush()
    return os.execv(sys.executable, arguments)


if __name__ == "__main__":
    sys.exit(main())
