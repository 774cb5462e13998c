"""Chromium on the running portal: pages that watch themselves, sign-in, pictures, accessibility."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.ground.cast import PASSWORD
from tests.ground.live import Live

SHOTS = Path(__file__).resolve().parents[1] / "shots"
PATIENCE_MS = 15_000
DESK, PHONE = 1280, 390


@dataclass
class Watch:
    """What a page did that no page of ours may do."""

    violations: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def faults(self) -> list[str]:
        """All of it, in words."""
        named = (("content policy", self.violations), ("outside request", self.outside), ("script error", self.errors))
        return [f"{name}: {text}" for name, texts in named for text in texts]


@dataclass
class Pages:
    """Opens pages, each in a browser profile of its own (another person, another width, another language)."""

    browser: Browser
    watches: dict[Page, Watch] = field(default_factory=dict)

    def __call__(self, *, width: int = DESK, language: str = "zh-CN", script: bool = True, **options: Any) -> Page:
        """A fresh page; `script=False` for a browser without script."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, locale=language, timezone_id="Asia/Shanghai",
            java_script_enabled=script, accept_downloads=True, **options,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        self.watches[page] = _watch(page)
        return page

    def close(self) -> list[str]:
        """Close all; what they did that they may not do."""
        faults = [fault for watch in self.watches.values() for fault in watch.faults()]
        for context in self.browser.contexts:
            context.close()
        self.watches.clear()
        return faults


def _watch(page: Page) -> Watch:
    watch = Watch()

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "content-security-policy" in message.text.lower():
            watch.violations.append(f"{message.text} ({page.url} {message.location})")

    def see(request: Request) -> None:
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        if parts.scheme in {"http", "https", "ws", "wss"} and not (host == "127.0.0.1" or host.endswith("localhost")):
            watch.outside.append(request.url)

    page.on("console", hear)
    page.on("request", see)
    page.on("pageerror", lambda error: watch.errors.append(str(error)))
    return watch


def chromium_path() -> str:
    """The browser: CHROMIUM_PATH, else an installed one. No browser is a failure, never a skipped journey."""
    places = [os.environ.get("CHROMIUM_PATH", ""), "/usr/bin/chromium", "/usr/bin/chromium-browser"]
    for place in filter(None, places):
        if Path(place).exists():
            return place
    pytest.fail("no Chromium: run `make test`, or set CHROMIUM_PATH", pytrace=False)


@contextmanager
def browser() -> Iterator[Browser]:
    """One Chromium for a worker's whole run; it resolves no name but localhost."""
    # Playwright keeps an event loop in this thread; Django would take every query for one inside async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    arguments = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE *localhost, EXCLUDE 127.0.0.1"]
    if os.getuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=arguments)
        try:
            yield chromium
        finally:
            chromium.close()


def sign_in(page: Page, live: Live, account: str, password: str = PASSWORD) -> None:
    """Through the one sign-in page, as a person does."""
    page.goto(f"{live.url}/accounts/login/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", password)
    page.locator("form:has(input[name=password]) [type=submit]").first.click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def shot(page: Page, name: str) -> Path:
    """A picture of the whole page in tests/shots/."""
    SHOTS.mkdir(exist_ok=True)
    path = SHOTS / f"{name}.png"
    # Hiding the caret would leave empty style attributes behind, which htmx then copies against the policy.
    page.screenshot(path=path, full_page=True, animations="disabled", caret="initial")
    return path


def axe(page: Page, **options: Any) -> None:
    """No accessibility fault that axe finds; names each with the elements."""
    found = Axe().run(page, **options).response["violations"]
    lines = [
        f"{one['id']} ({one['impact']}): {one['help']} {[node['target'] for node in one['nodes']]}" for one in found
    ]
    assert not lines, f"{page.url}\n" + "\n".join(lines)


def no_overflow(page: Page) -> None:
    """Nothing stands out to the right of the window."""
    wide = page.evaluate(
        "() => { const w = document.documentElement.clientWidth;"
        " if (document.documentElement.scrollWidth <= w) return [];"
        " return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > w + 1)"
        ".slice(0, 8).map(e => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right)) }"
    )
    assert not wide, f"{page.url} is wider than its window: {wide}"
