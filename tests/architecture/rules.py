"""`python -m tests.architecture.rules`: reads the whole project against the house's own rules."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import rules_python, rules_text
from tests.architecture.rule import Rule

ROOT = Path(__file__).resolve().parents[2]
RULES: tuple[Rule, ...] = (*rules_python.RULES, *rules_text.RULES)
_SKIPPED = {"node_modules", "__pycache__", "staticfiles", "shots", "media"}


def files(root: Path) -> Iterator[str]:
    """Every file of the project, as a path from its root; hidden folders but .ci, and generated ones, are left out."""
    for here, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED and (name[0] != "." or name == ".ci"))
        for name in sorted(names):
            if name[0] == "." and name != ".gitignore":
                continue
            yield Path(here, name).relative_to(root).as_posix()


def breaches(root: Path = ROOT) -> Iterator[str]:
    """All breaches as `path:line: rule: what`."""
    for path in files(root):
        rules = [rule for rule in RULES if rule.applies(Path(path))]
        if not rules:
            continue
        try:
            text = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        try:
            for rule in rules:
                yield from rule.breaches(path, text)
        except SyntaxError as error:
            yield f"{path}:{error.lineno}: syntax: {error.msg}"


def main() -> int:
    """Print breaches with the advice of each rule once; 1 when there are any."""
    found = list(breaches())
    print("\n".join(found) if found else f"{len(RULES)} rules hold")
    broken = {line.split(": ")[1] for line in found}
    for rule in RULES:
        if rule.id in broken:
            print(f"{rule.id}: {rule.advice}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
