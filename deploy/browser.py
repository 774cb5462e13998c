"""Finds or fetches a Chromium and a Chinese font for the journeys of the tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.places import Places
from deploy.progress import Progress

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = {"chromium": ["chromium"], "font": ["fonts-noto-cjk", "fontconfig"]}
VARIABLE = "CHROMIUM_PATH"


def starts(path: str) -> bool:
    """True when the program says its version: Ubuntu's chromium-browser may be a stub that only names a snap."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def installed() -> str | None:
    """The Chromium of this machine: the one CHROMIUM_PATH names, else the first on PATH that starts."""
    named = os.environ.get(VARIABLE)
    candidates = [named, *map(shutil.which, NAMES)]
    return next((path for path in candidates if path and starts(path)), None)


def has_chinese_font() -> bool:
    try:
        listed = subprocess.run(["fc-list", ":lang=zh", "file"], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return bool(listed.stdout.strip())


def install_packages(names: list[str], log: Path) -> bool:
    """Installs Debian's packages when we are root and apt is there; False when that was not possible."""
    if os.getuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with log.open("ab") as output:
        for words in (["update"], ["install", "-y", "--no-install-recommends", *names]):
            done = subprocess.run(["apt-get", *words], env=environment, stdout=output, stderr=output, check=False)
            if done.returncode:
                return False
    return True


def fetch_playwright(places: Places, log: Path) -> str | None:
    """Playwright's own Chromium, kept inside the data folder."""
    os.environ["PLAYWRIGHT_BROWSERS_PATH"] = str(places.data / "browsers")
    with log.open("ab") as output:
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, stdout=output, stderr=output, check=False)
    found = sorted((places.data / "browsers").glob("chromium-*/*/chrome"))
    return next((str(path) for path in reversed(found) if starts(str(path))), None)


def obtain(places: Places, progress: Progress) -> str | None:
    """Path of a Chromium that starts; None, said aloud, when there is no way to one. Sees to a Chinese font as well."""
    log = places.logs / "browser.log"
    path, font = installed(), has_chinese_font()
    missing = ([] if path else PACKAGES["chromium"]) + ([] if font else PACKAGES["font"])
    if missing and os.getuid() == 0 and shutil.which("apt-get"):
        progress.say(f"installing {' '.join(missing)}")
        install_packages(missing, log)
        path, font = path or installed(), font or has_chinese_font()
    if not path:
        progress.say("fetching Playwright's Chromium")
        path = fetch_playwright(places, log)
    if not path:
        progress.say(f"NO CHROMIUM: install one and name it as {VARIABLE}; the journeys will fail (see {log})")
    if not font:
        progress.say("NO CHINESE FONT: install one (Debian: fonts-noto-cjk); pictures will show boxes")
    return path
