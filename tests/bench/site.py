"""What the pages of the site cost beside a bare view, and what Lighthouse says of them on a phone and on a desk."""

import json
import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from committees.filings.slugs import slug_of
from deploy.node_tools import lighthouse as lighthouse_program
from tests.bench.measure import Table, interleaved
from tests.bench.pages import _cast, _door, _filed
from tests.ground.browser import chromium_path
from tests.ground.live import Live, running

#: No query, no template, but every door: what any answer of the portal costs.
BARE = "/robots.txt"
AIM, LOOKS = 95, ("mobile", "desktop")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
Addresses = dict[str, str]


def site(table: Table, database: str) -> None:
    """Home, column, article, regulation and bulletin against a bare view behind the same doors."""
    from cms.content import fill_site

    fill_site(settings.ROOT / "portal" / "demo" / "site")
    addresses = _addresses()
    calls = {
        name: _door(settings.MIDDLEWARE, [settings.BASE_DOMAIN], path)
        for name, path in {"bare": BARE, **addresses}.items()
    }
    found = interleaved(calls, 20)
    table.say("a bare view behind all doors", f"{found['bare'] * 1e3:.1f} ms")
    for name in addresses:
        table.say(
            f"{name}: time, and against the bare view",
            f"{found[name] * 1e3:.1f} ms, {found[name] / found['bare']:.1f}x",
        )


def lighthouse(table: Table, database: str) -> None:
    """The four scores of each page, mobile and desktop; says so where Lighthouse is not there."""
    program = lighthouse_program()
    if program is None:
        table.say("Lighthouse", "not there: python -m deploy.node_tools")
        return
    with TemporaryDirectory() as folder, running(database, Path(folder) / "live") as live:
        live.manage("seed_site", "--demo")
        for name, path in _addresses().items():
            for look in LOOKS:
                scores = _scores(program, live, path, look, Path(folder))
                words = " / ".join(str(scores[one]) for one in CATEGORIES)
                table.say(
                    f"Lighthouse {look}, {name} (speed/access/practice/seo)",
                    words,
                    f">= {AIM}",
                    min(scores.values()) >= AIM,
                )


def _addresses() -> Addresses:
    """The address of each kind of page among the demo's, and of a bulletin that is made for it."""
    from cms.models import NewsPage, RegulationPage

    number = _filed(_cast()).call.number
    chinese = {"locale__language_code": settings.LANGUAGE_CODE}
    article = NewsPage.objects.live().filter(cover__isnull=False, **chinese).order_by("-date").first()
    regulation = RegulationPage.objects.live().filter(**chinese).order_by("-date").first()
    assert article is not None
    assert regulation is not None
    return {
        "home": "/", "column": "/news/", "article": article.url, "regulation": regulation.url,
        "bulletin": f"/bulletins/{slug_of(number)}/",
    }  # fmt: skip


def _scores(program: Path, live: Live, path: str, look: str, folder: Path) -> dict[str, int]:
    """One run, in hundredths. The first visit to a page has drawn its pictures already."""
    out = folder / "lighthouse.json"
    words = ["node", str(program), f"{live.url}{path}", "--quiet", "--output=json", f"--output-path={out}",
             "--chrome-flags=--headless=new --no-sandbox --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE *localhost'",
             f"--only-categories={','.join(CATEGORIES)}", *(["--preset=desktop"] if look == "desktop" else [])]  # fmt: skip
    done = subprocess.run(
        words,
        env={**os.environ, "CHROME_PATH": chromium_path()},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    report = json.loads(out.read_text())
    return {name: round((report["categories"][name]["score"] or 0) * 100) for name in CATEGORIES}
