"""Refuses to serve with a database role that could change what is sealed: the owner, a superuser, and the like."""

from django.core.exceptions import ImproperlyConfigured

from tenants.connection import connection

_QUESTION = """
SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
       has_database_privilege(current_database(), 'CREATE'), has_schema_privilege('public', 'CREATE'),
       coalesce((SELECT bool_or(pg_has_role(c.relowner, 'MEMBER')) FROM pg_class c
                 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')), false),
       coalesce((SELECT bool_or(has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')) FROM pg_class c
                 WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s)), false),
       current_setting('session_replication_role') <> 'origin'
FROM pg_roles r WHERE r.rolname = current_user
"""
_FAULTS = (
    "is a superuser", "passes row security", "may create roles", "may create databases", "may create schemas",
    "may create tables", "owns the portal's tables", "may change sealed tables", "runs without triggers",
)  # fmt: skip


def refuse_strong_role() -> None:
    """Raise ImproperlyConfigured when the role of this process could do more than it is granted on purpose.

    Asked once when a web worker or the job worker starts; the connection is closed again, so that nothing is shared
    with processes that are forked later.
    """
    if faults := role_faults():
        raise ImproperlyConfigured(
            f"The database role {connection.settings_dict['USER']} {', '.join(faults)}. Web and job workers run as the "
            "runtime role: give its address as DATABASE_URL, and the owner's as DATABASE_OWNER_URL."
        )


def role_faults() -> list[str]:
    """What the role of this connection may do and must not."""
    from tenants.grants import sealed_tables

    with connection.cursor() as cursor:
        cursor.execute(_QUESTION, [sealed_tables()])
        row = cursor.fetchone()
    if not connection.in_atomic_block:
        connection.close()
    return [text for text, holds in zip(_FAULTS, row, strict=True) if holds]
