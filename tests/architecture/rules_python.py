"""Rules about Python: the one way into a school, no clock in actions, exact numbers, names, sizes, docstrings."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.architecture.rule import Example, Rule, docstrings, dotted, product, python, shelf, tree

_ENTRANCES = {
    "schema_context", "tenant_context", "set_tenant", "set_schema", "set_schema_to_public", "schema_exists",
    "clone_schema", "create_schema",
}  # fmt: skip


#: The rules' own examples, and the bench, which measures the other ways beside ours.
_COMPARING = {("tests", "architecture"), ("tests", "bench")}


def _outside_tenants(path: PurePosixPath) -> bool:
    return python(path) and path.parts[0] != "tenants" and path.parts[:2] not in _COMPARING


def _entrances(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(text)):
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if isinstance(node, ast.ImportFrom) and (taken := {alias.name for alias in node.names} & _ENTRANCES):
            yield node.lineno, ", ".join(sorted(taken))
        if name in _ENTRANCES:
            yield getattr(node, "lineno", 1), name
        if isinstance(node, ast.With):
            for item in node.items:
                if dotted(item.context_expr).rpartition(".")[2] in {"school", "tenant"}:
                    yield node.lineno, f"with {dotted(item.context_expr)}"


SCHOOL_DOOR = Rule(
    "school-door", "enter a school by tenants.context.school_scope, nowhere else", _outside_tenants, _entrances,
    good=(
        Example("committees/energy/queries.py", "with school_scope(school):\n    list(Draft.objects.all())\n"),
        Example("tenants/context.py", "connection.set_tenant(school)\n"),
    ),
    bad=(
        Example("committees/energy/queries.py", "from django_tenants.utils import schema_context\n"),
        Example("committees/energy/queries.py", "with request.tenant:\n    pass\n"),
        Example("portal/desk.py", "connection.set_tenant(school)\n"),
    ),
)  # fmt: skip

_CLOCKS = {
    "timezone.now", "timezone.localtime", "timezone.localdate", "datetime.now", "datetime.today", "datetime.utcnow",
    "datetime.datetime.now", "date.today", "datetime.date.today", "time.time", "time.monotonic", "database_now",
    "request_time", "Now",
}  # fmt: skip


def _clocks(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(text)):
        if isinstance(node, ast.Call) and dotted(node.func) in _CLOCKS:
            arguments = bool(node.args or node.keywords)
            if not (dotted(node.func) in {"timezone.localtime", "timezone.localdate"} and arguments):
                yield node.lineno, f"{dotted(node.func)}()"


NO_CLOCK = Rule(
    "no-clock", "actions are told the time: `at` is the database's, taken once at the edge", shelf("actions"), _clocks,
    good=(
        Example("committees/filings/actions.py", "def file(*, at):\n    row.filed_at = at\n"),
        Example("committees/filings/actions/filing.py", "day = timezone.localtime(at).date()\n"),
        Example("committees/filings/views.py", "now = timezone.now()\n"),
    ),
    bad=(
        Example("committees/filings/actions.py", "row.filed_at = timezone.now()\n"),
        Example("tenants/actions/posts.py", "today = date.today()\n"),
        Example("committees/filings/actions.py", "at = timezone.localtime()\n"),
    ),
)  # fmt: skip


#: The modules that touch cells of a workbook: the file format has no other numbers.
_CELLS = {"committees/workbooks/writer.py", "committees/workbooks/sheet_reader.py"}


def _exact(path: PurePosixPath) -> bool:
    return product(path) and path.parts[0] == "committees" and path.as_posix() not in _CELLS


def _floats(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(text)):
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in {"float", "FloatField"}:
            yield node.lineno, f"{dotted(node.func)}()"


NO_FLOAT = Rule(
    "no-float", "figures are Decimal, from the text a person typed to the sealed payload",
    _exact, _floats,
    good=(
        Example("committees/energy/figures.py", "value = Decimal(text)\n"),
        Example("portal/charts/bars.py", "x = float(value)\n"),
    ),
    bad=(
        Example("committees/energy/figures.py", "value = float(text)\n"),
        Example("committees/energy/models.py", "used = models.FloatField()\n"),
    ),
)  # fmt: skip

_BANNED = {
    "utils",
    "util",
    "helper",
    "helpers",
    "common",
    "core",
    "manager",
    "managers",
    "data",
    "info",
    "process",
    "handle",
}
#: Names that Django gives: `handle` of commands, `data` of forms and answers, hooks of middleware.
_GIVEN = {
    "get_context_data", "value_from_datadict", "data", "process_request", "process_response", "process_view",
    "process_exception", "process_template_response", "get_queryset_info", "bound_data", "has_changed_data",
}  # fmt: skip


def _names(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    if words := set(path.stem.split("_")) & _BANNED:
        yield 1, f"module {path.stem} ({', '.join(sorted(words))})"
    if words := set(path.parts[:-1]) & _BANNED:
        yield 1, f"folder {', '.join(sorted(words))}"
    command = path.parent.name == "commands" or path.stem == "migrate"
    for node in ast.walk(tree(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name in _GIVEN:
            continue
        parts = node.name.strip("_").split("_")
        vague = parts[0] in {"handle", "process"} or parts[-1] in _BANNED - {"process"}
        if vague and not (command and node.name == "handle"):
            yield node.lineno, f"function {node.name}"


NAMES = Rule(
    "names", "say what it does in the field's words; these names say nothing", product, _names,
    good=(
        Example("portal/management/commands/seed.py", "class Command:\n    def handle(self):\n        pass\n"),
        Example("committees/workbooks/child.py", "def limit_process():\n    pass\n"),
        Example("tenants/forms.py", "class InviteForm:\n    @property\n    def data(self):\n        pass\n"),
    ),
    bad=(
        Example("portal/utils.py", ""),
        Example("committees/common/models.py", ""),
        Example("committees/energy/views.py", "def handle_upload(request):\n    pass\n"),
        Example("committees/energy/views.py", "def get_data():\n    pass\n"),
    ),
)  # fmt: skip

LONGEST_FILE, LONGEST_FUNCTION = 500, 60


def _file_size(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    lines = text.count("\n") + 1
    if lines > LONGEST_FILE:
        yield LONGEST_FILE, f"{lines} lines, {LONGEST_FILE} at most"


def _own_text(path: PurePosixPath) -> bool:
    own = path.suffix in {".py", ".html", ".css", ".js", ".md"}
    return own and "vendor" not in path.parts and "migrations" not in path.parts


FILE_SIZE = Rule(
    "file-size", "split it: 150 lines is the aim, 300 the time to split", _own_text, _file_size,
    good=(Example("cms/models.py", "x = 1\n" * 400), Example("portal/static/vendor/htmx.js", "x\n" * 900)),
    bad=(Example("cms/models.py", "x = 1\n" * 501),),
)  # fmt: skip


def _function_size(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield node.lineno, f"{node.name} has {lines} lines, {LONGEST_FUNCTION} at most"


FUNCTION_SIZE = Rule(
    "function-size", "give its parts names of their own: 10 lines is the aim", python, _function_size,
    good=(Example("cms/views.py", "def a():\n" + "    b()\n" * 50),),
    bad=(Example("cms/views.py", "def a():\n" + "    b()\n" * 60),),
)  # fmt: skip


def _module_docstring(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    if not text.strip():
        return
    first = (ast.get_docstring(tree(text)) or "").split("\n\n")[0].strip()
    if not first:
        yield 1, "no sentence at the head"
    elif first[-1] not in ".:?!。" and "(" not in first:
        yield 1, "the head is no sentence"


MODULE_SENTENCE = Rule(
    "module-sentence", "open the module with one sentence that says what belongs in it", python, _module_docstring,
    good=(
        Example("cms/models.py", '"""Pages of the public site."""\n'),
        Example("cms/__init__.py", ""),
        Example("cms/migrations/0001_initial.py", "import x\n"),
    ),
    bad=(Example("cms/models.py", "import x\n"), Example("cms/models.py", '"""Models"""\n')),
)  # fmt: skip


def _public_docstrings(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    for node in tree(text).body:
        public = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_"
        if public and not ast.get_docstring(node):
            yield node.lineno, f"{node.name} says nothing"


PUBLIC_DOCSTRINGS = Rule(
    "docstrings", "say meaning, units, shapes, errors, source", shelf("actions", "queries", "rules"), _public_docstrings,
    good=(Example("cms/queries.py", 'def news():\n    """Published, newest first."""\n\n\ndef _inner():\n    pass\n'),),
    bad=(Example("cms/queries.py", "def news():\n    pass\n"), Example("cms/actions/news.py", "class X:\n    pass\n")),
)  # fmt: skip


#: The index is no business step: it follows whatever is saved, wherever that is written.
WATCHES_ROWS = "search/outbox.py"


def _signals(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    if path.as_posix() == WATCHES_ROWS:
        return
    for node in ast.walk(tree(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db.models.signals"):
            yield node.lineno, "django.db.models.signals"
        if isinstance(node, ast.ImportFrom) and any(alias.name == "receiver" for alias in node.names):
            yield node.lineno, "receiver"


NO_SIGNALS = Rule(
    "no-signals", "a business step is a call in actions.py, which a reader can follow",
    lambda path: product(path) and path.parts[0] in {"committees", "search"}, _signals,
    good=(Example("committees/energy/actions.py", "from committees.filings.actions import file_answer\n"),),
    bad=(
        Example("committees/energy/apps.py", "from django.db.models.signals import post_save\n"),
        Example("committees/energy/apps.py", "from django.dispatch import receiver\n"),
    ),
)  # fmt: skip


def _elasticsearch(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(text)):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            if name.split(".")[0] in {"elasticsearch", "elasticsearch_dsl"} and path.as_posix() != ELASTIC_MODULE:
                yield node.lineno, name


ELASTIC_MODULE = "search/engines/elastic.py"
ONE_ELASTIC_DOOR = Rule(
    "one-elastic-door", f"only {ELASTIC_MODULE} speaks to Elasticsearch", product, _elasticsearch,
    good=(Example(ELASTIC_MODULE, "from elasticsearch.dsl import Document\n"),),
    bad=(Example("search/index.py", "import elasticsearch\n"), Example("cms/a.py", "from elasticsearch.dsl import Q\n")),
)  # fmt: skip


def constants(text: str) -> Iterator[ast.Constant]:
    """The texts of a module that are no docstrings."""
    module = tree(text)
    leave = docstrings(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in leave:
            yield node


RULES = (
    SCHOOL_DOOR, NO_CLOCK, NO_FLOAT, NAMES, FILE_SIZE, FUNCTION_SIZE, MODULE_SENTENCE, PUBLIC_DOCSTRINGS, NO_SIGNALS,
    ONE_ELASTIC_DOOR,
)  # fmt: skip
