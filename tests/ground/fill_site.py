"""`python -m tests.ground.fill_site FOLDER`: lays the demo's pages into a database with the cast, as the runtime role."""

import shutil
import sys
from pathlib import Path

import django


def main(folder: Path) -> None:
    """Run once for each template of the site; pictures and documents go to FOLDER/media."""
    django.setup()

    from wagtail.models import Page

    from cms.content import fill_site
    from cms.drawing import draw_pages
    from committees.roster.models import Committee
    from portal.demo.cast import COMMITTEES
    from tests.ground.site import TEXTS

    keys = ("code", "room", "mark", "name_zh", "name_en", "short_zh", "short_en")
    for position, row in enumerate(COMMITTEES):
        facts = dict(zip(keys, row, strict=True))
        # The cast's committees keep their names.
        Committee.objects.get_or_create(code=facts.pop("code"), defaults={**facts, "position": position})
    shutil.rmtree(folder / "media", ignore_errors=True)
    made = fill_site(TEXTS)
    # As the job worker does: every journey would draw them anew.
    draw_pages(Page.objects.live().filter(depth__gt=1).specific())
    (folder / "made").write_text(str(made))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
