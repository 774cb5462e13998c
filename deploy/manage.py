"""Runs one management command on the demo's database and starts its server for as long as it takes.

Which commands act as the owner stands in manage.py; all others are the runtime role.
"""

import subprocess
import sys

from deploy import commands, content
from deploy.database import open_database
from deploy.environment import owner_environment
from deploy.places import Places
from deploy.postgres import StartFailed
from deploy.progress import Progress, fail
from deploy.roles import Refused


def main() -> int:
    places = Places.here()
    places.make()
    try:
        opened = open_database(places)
        try:
            content.obtain(opened.cluster, places, Progress())
            command = [commands.python(places.clone), "manage.py", *sys.argv[1:]]
            return subprocess.run(
                command, cwd=places.clone, env=owner_environment(places, opened.addresses), check=False
            ).returncode
        finally:
            opened.close()
    except (Refused, StartFailed, commands.Failed) as error:
        return fail(str(error))
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
