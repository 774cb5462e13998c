"""The database connection, typed as what django-tenants makes of it (tenant, schema_name, set_tenant …)."""

from typing import Any

from django.db import connection as _connection

#: django-tenants adds its attributes at run time and ships no types.
connection: Any = _connection
