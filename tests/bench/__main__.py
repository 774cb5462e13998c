"""`python -m tests.bench [part …]` measures against the stated limits: all parts, or those named."""

import os
import sys
import warnings

import django


def main(words: list[str]) -> int:
    """All parts, or those named; 1 when a target is missed."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    warnings.simplefilter("ignore")
    if "TEST_CLUSTER" not in os.environ:
        from deploy.places import Places
        from deploy.postgres import test_cluster

        places = Places.here()
        places.make()
        test_cluster(places)
    from tests.ground.databases import drop_left_over, template_database

    template = template_database()
    django.setup()
    from tests.bench import pages, schools, search, site
    from tests.bench.measure import Table
    from tests.ground.switching import own_copy

    parts = {
        "opening": schools.opening, "overhead": pages.overhead, "filings": pages.filings, "boards": pages.boards,
        "memory": pages.memory, "site": site.site, "lighthouse": site.lighthouse, "many": schools.many,
        "search": search.searching,
    }  # fmt: skip
    if unknown := set(words) - set(parts):
        print(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(parts)}")
        return 2
    table = Table()
    drop_left_over()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for name, part in parts.items():
        if not words or name in words:
            with own_copy(template) as database:
                part(table, database)
    print(f"load after: {os.getloadavg()[0]:.1f}; targets missed: {table.missed}")
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
