"""The structure of schools' schemas as plain facts, read from the catalogue for all of them at once, and what differs.

A fact is (schema, kind, name, text); the schema's own name inside a text is replaced, so that facts of two schools can
be compared by name. Covered: relations with owner, options and row security; columns with type, default, identity,
collation; sequences; constraints; indexes; triggers; functions with body and settings; views, rules, policies, types;
grants on schema, tables, columns, sequences and functions; migrations recorded as done.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from tenants.models import School, SchoolState
from tenants.template import TEMPLATE_SCHEMA

_CHUNK = 100

_GRANTS = """
    string_agg(CASE WHEN g.grantee = 0 THEN 'public' ELSE g.grantee::regrole::text END || ':' || g.privilege_type
               || CASE WHEN g.is_grantable THEN '*' ELSE '' END, ' ' ORDER BY g.grantee::regrole::text, g.privilege_type)
"""

#: Each gives (namespace, kind, name, text). `spaces` is the list of namespaces asked for.
_FACTS = (
    """SELECT n.oid, 'schema', n.nspname, n.nspowner::regrole::text || ' ' ||
       (SELECT {grants} FROM aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) g)
       FROM pg_namespace n WHERE n.oid = ANY(%(spaces)s)""",
    """SELECT c.relnamespace, 'table', c.relname, concat_ws(' ', c.relkind, c.relpersistence, c.relowner::regrole,
       'security', c.relrowsecurity, c.relforcerowsecurity, 'identity', c.relreplident, c.reloptions)
       FROM pg_class c WHERE c.relnamespace = ANY(%(spaces)s) AND c.relkind <> 'i'""",
    """SELECT c.relnamespace, 'grants on table', c.relname, (SELECT {grants} FROM aclexplode(
       coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner))) g)
       FROM pg_class c WHERE c.relnamespace = ANY(%(spaces)s) AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')""",
    """SELECT c.relnamespace, 'column', c.relname || '.' || a.attname, concat_ws(' ',
       format_type(a.atttypid, a.atttypmod), 'not null', a.attnotnull, 'identity', nullif(a.attidentity, ''),
       'generated', nullif(a.attgenerated, ''), 'default', pg_get_expr(d.adbin, d.adrelid),
       'collation', nullif(a.attcollation, 0)::regcollation, 'grants', a.attacl)
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
       WHERE c.relnamespace = ANY(%(spaces)s) AND c.relkind IN ('r', 'p', 'v', 'm')""",
    """SELECT c.relnamespace, 'sequence', c.relname, concat_ws(' ', s.seqtypid::regtype, s.seqstart, s.seqincrement,
       s.seqmin, s.seqmax, s.seqcache, s.seqcycle)
       FROM pg_class c JOIN pg_sequence s ON s.seqrelid = c.oid WHERE c.relnamespace = ANY(%(spaces)s)""",
    """SELECT k.connamespace, 'constraint', coalesce(c.relname, '') || '.' || k.conname,
       pg_get_constraintdef(k.oid) || ' ' || k.convalidated
       FROM pg_constraint k LEFT JOIN pg_class c ON c.oid = k.conrelid WHERE k.connamespace = ANY(%(spaces)s)""",
    """SELECT c.relnamespace, 'index', c.relname, pg_get_indexdef(c.oid) || ' ' || i.indisvalid || i.indisreplident
       FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid WHERE c.relnamespace = ANY(%(spaces)s)""",
    """SELECT c.relnamespace, 'trigger', c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
       FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
       WHERE NOT t.tgisinternal AND c.relnamespace = ANY(%(spaces)s)""",
    """SELECT p.pronamespace, 'function', p.oid::regprocedure::text, pg_get_functiondef(p.oid) || p.proowner::regrole::text
       FROM pg_proc p WHERE p.prokind IN ('f', 'p') AND p.pronamespace = ANY(%(spaces)s)""",
    """SELECT p.pronamespace, 'grants on function', p.oid::regprocedure::text,
       (SELECT {grants} FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g)
       FROM pg_proc p WHERE p.pronamespace = ANY(%(spaces)s)""",
    """SELECT c.relnamespace, 'view or rule', c.relname || '.' || r.rulename, pg_get_ruledef(r.oid)
       FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE c.relnamespace = ANY(%(spaces)s)""",
    """SELECT c.relnamespace, 'policy', c.relname || '.' || p.polname, concat_ws(' ', p.polcmd, p.polpermissive,
       p.polroles, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
       FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = ANY(%(spaces)s)""",
    """SELECT t.typnamespace, 'type', t.typname, concat_ws(' ', t.typtype, t.typowner::regrole,
       (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid))
       FROM pg_type t WHERE t.typnamespace = ANY(%(spaces)s) AND t.typtype IN ('e', 'd', 'r')""",
)
_ALL = " UNION ALL ".join(f"({part.format(grants=_GRANTS)})" for part in _FACTS)
# Built from our own constants only; schemas come as parameters, or quoted.
_NAMED = f"""
    SELECT n.nspname AS space, f.kind,
           regexp_replace(f.name, '\\y' || n.nspname || '\\y', '@', 'g') AS name,
           coalesce(regexp_replace(f.text, '\\y' || n.nspname || '\\y', '@', 'g'), '') AS text
    FROM ({_ALL}) f (space, kind, name, text) JOIN pg_namespace n ON n.oid = f.space
"""  # noqa: S608
_DIGESTS = f"""
    SELECT space, md5(string_agg(kind || E'\\x01' || name || E'\\x01' || text, E'\\x02'
                                 ORDER BY kind COLLATE "C", name COLLATE "C", text COLLATE "C"))
    FROM ({_NAMED}) named GROUP BY space
"""  # noqa: S608


@dataclass(frozen=True)
class Difference:
    """One fact in which a school differs from the template; `here` or `there` is empty when it is missing."""

    schema: str
    kind: str
    name: str
    here: str | None
    there: str | None

    @property
    def is_about_rights(self) -> bool:
        """Whether writing the grants anew may mend it; a schema that is not there has none to mend."""
        both = self.here is not None and self.there is not None
        return both and (self.kind == "schema" or self.kind.startswith("grants"))

    def __str__(self) -> str:
        if self.here is None:
            return f"{self.schema}: {self.kind} {self.name} is missing"
        if self.there is None:
            return f"{self.schema}: {self.kind} {self.name} is too many"
        return f"{self.schema}: {self.kind} {self.name} is {self.here!r}, in the template {self.there!r}"


def differences(schemas: Iterable[str], standard: str = TEMPLATE_SCHEMA) -> Iterator[Difference]:
    """Every difference of the schemas from `standard`, by name. Schemas that are not there are one difference each."""
    wanted = list(schemas)
    digests, done = _digests([standard, *wanted]), migrations_done([standard, *wanted])
    if standard not in digests:
        raise LookupError(f"{standard} is not there: run manage.py upgrade")
    reference: dict[tuple[str, str], str] | None = None
    for schema in wanted:
        if schema not in digests:
            yield Difference(schema, "schema", schema, None, "")
            continue
        yield from _undone(schema, done[schema], done[standard])
        if digests[schema] != digests[standard]:
            reference = reference or facts_of(standard)
            yield from _differing(schema, facts_of(schema), reference)


def schemas_of_schools() -> list[str]:
    """The schemas of all schools that were ever opened."""
    return list(School.objects.exclude(state=SchoolState.OPENING).order_by("pk").values_list("schema_name", flat=True))


def facts_of(schema: str) -> dict[tuple[str, str], str]:
    """All facts of one schema: (kind, name) to text. Names are unique within their kind."""
    rows = _ask(f"SELECT kind, name, text FROM ({_NAMED}) named", [schema])  # noqa: S608
    return {(str(kind), str(name)): str(text) for kind, name, text in rows}


def migrations_done(schemas: list[str]) -> dict[str, frozenset[tuple[str, str]]]:
    """The migrations each schema records as done: one question for a hundred schools, then one for each answer that
    differs. Schemas that are not there have done none."""
    there = {str(row[0]) for row in _ask("SELECT n.nspname FROM pg_namespace n WHERE n.oid = ANY(%(spaces)s)", schemas)}
    digests = _migration_digests([schema for schema in schemas if schema in there])
    one_of_each = {digest: schema for schema, digest in digests.items()}
    known = {digest: _migrations_of(schema) for digest, schema in one_of_each.items()}
    return {schema: known[digests[schema]] if schema in digests else frozenset() for schema in schemas}


#: Sums of hashes tell sets apart as well as one hash of the sorted rows does, and nothing has to be sorted.
_MIGRATIONS = """
    SELECT {}, count(*), sum(hashtextextended(app || '.' || name, 0)), sum(hashtextextended(name || '.' || app, 1))
    FROM {}.django_migrations
"""


def _migration_digests(schemas: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(schemas), _CHUNK):
        chunk = schemas[start : start + _CHUNK]
        parts = [_MIGRATIONS.format(number, connection.ops.quote_name(schema)) for number, schema in enumerate(chunk)]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts))
            found |= {chunk[number]: ".".join(map(str, parts)) for number, *parts in cursor.fetchall()}
    return found


def _migrations_of(schema: str) -> frozenset[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT app, name FROM {connection.ops.quote_name(schema)}.django_migrations")  # noqa: S608
        return frozenset(cursor.fetchall())


def _digests(schemas: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(schemas), _CHUNK):
        found |= {str(space): str(digest) for space, digest in _ask(_DIGESTS, schemas[start : start + _CHUNK])}
    return found


def _ask(query: str, schemas: list[str]) -> list[tuple[object, ...]]:
    """Ask with an empty path, so that every name in a definition carries its schema."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT oid::bigint FROM pg_namespace WHERE nspname = ANY(%s)", [schemas])
        spaces = [oid for (oid,) in cursor.fetchall()]
        cursor.execute("SELECT current_setting('search_path')")
        before = cursor.fetchone()[0]
        cursor.execute("SET LOCAL search_path = pg_catalog")
        cursor.execute(query.replace("%(spaces)s", "%(spaces)s::oid[]"), {"spaces": spaces})
        rows: list[tuple[object, ...]] = cursor.fetchall()
        cursor.execute("SELECT set_config('search_path', %s, true)", [before])
        return rows


def _undone(schema: str, here: frozenset[tuple[str, str]], there: frozenset[tuple[str, str]]) -> Iterator[Difference]:
    for app, name in sorted(there - here):
        yield Difference(schema, "migration", f"{app}.{name}", None, "done")
    for app, name in sorted(here - there):
        yield Difference(schema, "migration", f"{app}.{name}", "done", None)


def _differing(
    schema: str, here: dict[tuple[str, str], str], there: dict[tuple[str, str], str]
) -> Iterator[Difference]:
    for kind, name in sorted(here.keys() | there.keys()):
        mine, theirs = here.get((kind, name)), there.get((kind, name))
        if mine != theirs:
            yield Difference(schema, kind, name, mine, theirs)
