"""`python -m deploy.furnish`: check a given database, and put extensions and rights into it before the first upgrade."""

import os
import sys

from deploy.given import open_given
from deploy.places import Places
from deploy.progress import fail
from deploy.roles import Refused


def main() -> int:
    places = Places.here()
    url, owner = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    if not url:
        return fail("Give DATABASE_URL (the runtime role) and DATABASE_OWNER_URL (the owner).")
    try:
        open_given(url, owner, places.data / "runtime-password")
    except Refused as refused:
        return fail(str(refused))
    print("the database is furnished: extensions, rights, mark", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
