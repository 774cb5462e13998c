"""What a rule of the house is: an object with id, advice, the files it reads, and lines that show good and bad."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

Find = Callable[[PurePosixPath, str], Iterator[tuple[int, str]]]
ROOMS = ("portal", "cms", "committees", "search", "tenants")


@dataclass(frozen=True)
class Example:
    """A file as it might be."""

    path: str
    text: str


@dataclass(frozen=True)
class Rule:
    """`applies` says which files, `find` gives (line, what) for each breach."""

    id: str
    advice: str
    applies: Callable[[PurePosixPath], bool]
    find: Find
    good: tuple[Example, ...]
    bad: tuple[Example, ...]

    def breaches(self, path: str, text: str) -> list[str]:
        """Breaches of one file as `path:line: rule: what`."""
        place = PurePosixPath(path)
        if not self.applies(place):
            return []
        return [f"{path}:{line}: {self.id}: {what}" for line, what in self.find(place, text)]


def python(path: PurePosixPath) -> bool:
    """Our own Python, tests included, migrations not (most are generated)."""
    return path.suffix == ".py" and path.parent.name != "migrations"


def product(path: PurePosixPath) -> bool:
    """Python of the product: no tests."""
    return python(path) and path.parts[0] in ROOMS


def shelf(*names: str) -> Callable[[PurePosixPath], bool]:
    """Modules or packages of a room called so (actions.py, actions/filing.py)."""
    return lambda path: product(path) and bool({path.stem, *path.parts[1:-1]} & set(names))


def template(path: PurePosixPath) -> bool:
    """Django templates."""
    return "templates" in path.parts and path.suffix in {".html", ".txt", ".xml"}


def tree(text: str) -> ast.Module:
    """The parsed module."""
    return ast.parse(text)


def docstrings(module: ast.Module) -> set[ast.expr]:
    """The constants that are docstrings."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    found = set()
    for node in ast.walk(module):
        if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr):
            found.add(node.body[0].value)
    return found


def dotted(node: ast.expr) -> str:
    """`timezone.now` of the expression; empty for anything that is no dotted name."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join(reversed([*parts, node.id])) if isinstance(node, ast.Name) else ""
