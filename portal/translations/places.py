"""Where catalogues lie: one of our own, hand-written parts beside it, overlays of third parties' words."""

from collections.abc import Iterator
from pathlib import Path

from portal.translations import mo, po
from portal.translations.sources import ROOMS

LANGUAGE = "zh_Hans"


def own_catalogue(root: Path) -> Path:
    """The catalogue of the interface."""
    return root / "portal" / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def parts(root: Path) -> list[Path]:
    """Translations that came with a room and are not yet merged."""
    return sorted((root / "portal" / "locale" / "parts").glob("*.po"))


def catalogues(root: Path) -> list[Path]:
    """Every catalogue of the project, overlays included."""
    return sorted(path for room in ROOMS for path in (root / room).glob("**/locale/*/LC_MESSAGES/*.po"))


def entries(root: Path, path: Path) -> list[po.Entry]:
    """The entries of a catalogue; our own counts its parts, its own words first."""
    own = po.read(path)
    known = {entry.key for entry in own if any(entry.strings)}
    if path != own_catalogue(root):
        return own
    added = {entry.key: entry for part in parts(root) for entry in po.read(part) if entry.key not in known}
    return [entry for entry in own if entry.key not in added] + list(added.values())


def stale(root: Path) -> Iterator[Path]:
    """Catalogues whose compiled form is missing or older than its sources."""
    for path in catalogues(root):
        sources = [path, *parts(root)] if path == own_catalogue(root) else [path]
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < max(source.stat().st_mtime for source in sources):
            yield path


def compile_catalogue(root: Path, path: Path) -> int:
    """Compile one catalogue beside its source; returns how many messages it holds."""
    return mo.write(path.with_suffix(".mo"), entries(root, path))
