"""Counting readers without cookies: in the memory of the worker process first, written in bunches.

Nothing is kept about who reads. A bunch is written when it is old or large, by the request that finds it so, as one
statement that adds to the rows of the day; the page's own row is never touched, so no reader waits for an editor's lock.
A process that is killed loses at most its last bunch.
"""

import re
import threading
import time
from collections import Counter
from datetime import date

from django.http import HttpRequest

from cms.actions.counts import add_views

SECONDS, MOST = 20.0, 200
_BOTS = re.compile(
    r"bot|crawl|spider|slurp|scan|monitor|preview|fetch|curl|wget|python|java/|okhttp|go-http|headless|lighthouse|feed",
    re.IGNORECASE,
)


class Tally:
    """Views that are not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._views: Counter[tuple[int, date]] = Counter()
        self._since = time.monotonic()

    def note(self, page: int, day: date) -> None:
        """One more view of a page; writes the bunch when it is due."""
        with self._lock:
            self._views[page, day] += 1
            due = time.monotonic() - self._since >= SECONDS or self._views.total() >= MOST
        if due:
            self.write()

    def write(self) -> int:
        """Write what was noted; how many views."""
        with self._lock:
            bunch, self._views, self._since = self._views, Counter(), time.monotonic()
        add_views(bunch)
        return bunch.total()


tally = Tally()


def is_reader(request: HttpRequest) -> bool:
    """A person's browser that asks for the page itself: no robot, no prefetching, nobody of the newsroom."""
    agent = request.headers.get("User-Agent", "")
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    wants_page = request.method == "GET" and "prefetch" not in purpose and not getattr(request, "is_preview", False)
    return bool(wants_page and agent and not _BOTS.search(agent) and not request.user.is_authenticated)
