"""A planted fault as its patch file tells it: what is wrong, and which tests must catch it."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
_HEAD = re.compile(r"Fault: (?P<text>.+)\nCaught by: (?P<tests>.+)\n\n--- a/(?P<path>.+)\n\+\+\+ b/(?P=path)\n@@")


class NotAFault(ValueError):
    """A patch file does not say what it plants, or which tests must catch it."""


@dataclass(frozen=True)
class Fault:
    """One fault. `tests` are the words that pytest gets."""

    path: Path
    text: str
    tests: tuple[str, ...]

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem


def read_fault(path: Path) -> Fault:
    """Read one patch file. Raises NotAFault."""
    match = _HEAD.match(path.read_text())
    if match is None:
        raise NotAFault(f"{path.name}: begins with 'Fault: …', 'Caught by: …', an empty line and a patch of one file")
    return Fault(path, match["text"], tuple(shlex.split(match["tests"])))


def all_faults() -> list[Fault]:
    """Every fault of this folder, in the order of their numbers."""
    return [read_fault(path) for path in sorted(FOLDER.glob("*.patch"))]
