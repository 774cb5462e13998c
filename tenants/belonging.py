"""To which school a row, a queryset or a lookup belongs, and the refusal to use it in another.

Django evaluates late: a queryset built in one school and read in another would read the other's rows, and a row of one
school saved in another would overwrite the other's row of the same number. So each remembers the schema it was made in.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q, sql

from tenants.connection import connection

Row = TypeVar("Row", bound=models.Model)
PUBLIC = "public"


class WrongSchool(RuntimeError):
    """Something that belongs to one school was about to be used in another."""


def refuse_elsewhere(stamp: str, what: Any) -> None:
    """Raise WrongSchool when `stamp` (a schema) is not where the connection stands. The one comparison of this house."""
    if stamp != connection.schema_name:
        raise WrongSchool(f"{what} of {stamp} used in {connection.schema_name}")


def stamp_of(row: Any) -> str | None:
    """The schema a row came from; None for a row that no database has seen, and for rows of the association."""
    return getattr(getattr(row, "_state", None), "school", None)


def refuse_row(row: Any) -> None:
    """Raise WrongSchool when a row comes from another school than the one we stand in."""
    stamp = stamp_of(row)
    if stamp is not None:
        refuse_elsewhere(stamp, row._meta.label)


def _refuse_values(values: Iterable[Any]) -> None:
    for value in values:
        if isinstance(value, Q):
            _refuse_values(child[1] if isinstance(child, tuple) else child for child in value.children)
        elif isinstance(value, list | tuple | set):
            _refuse_values(value)
        else:
            refuse_row(value)


class SchoolQuery(sql.Query):
    """A query that remembers its school. Made outside any school it binds itself to the first one it is run in."""

    school = PUBLIC

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        """Every way to SQL leads through here, also that of a subquery."""
        if self.school == PUBLIC:
            self.school = connection.schema_name
        refuse_elsewhere(self.school, f"query on {self.model._meta.label}")  # type: ignore[union-attr]
        return super().get_compiler(*args, **kwargs)

    def chain(self, klass: Any = None) -> Any:
        """Keep the memory when Django turns a selection into an update or a deletion."""
        return super().chain(_REMEMBERING.get(klass, klass))


class _SchoolUpdate(SchoolQuery, sql.UpdateQuery):
    """UPDATE that remembers."""


class _SchoolDelete(SchoolQuery, sql.DeleteQuery):
    """DELETE that remembers."""


_REMEMBERING: dict[Any, Any] = {sql.UpdateQuery: _SchoolUpdate, sql.DeleteQuery: _SchoolDelete}


class Belonging(models.QuerySet[Row]):
    """Mixin of querysets on a school's tables."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        if query is None and model is not None:
            query = SchoolQuery(model)
            query.school = connection.schema_name
        super().__init__(model, query, using, hints)

    def _here(self) -> None:
        stamp = getattr(self.query, "school", PUBLIC)
        if stamp != PUBLIC:
            refuse_elsewhere(stamp, f"queryset on {self.model._meta.label}")

    def _fetch_all(self) -> None:
        # Rows read before may be looked at after leaving the school, but not in another one.
        if self._result_cache is None or connection.schema_name != PUBLIC:
            self._here()
        super()._fetch_all()

    def _iterator(self, *args: Any) -> Iterator[Any]:
        for row in super()._iterator(*args):  # type: ignore[misc]
            self._here()
            yield row

    def _raw_delete(self, using: Any) -> int:
        self._here()
        found: int = super()._raw_delete(using)
        return found

    def _filter_or_exclude_inplace(self, negate: bool, args: Any, kwargs: dict[str, Any]) -> None:
        _refuse_values([*args, *kwargs.values()])
        super()._filter_or_exclude_inplace(negate, args, kwargs)  # type: ignore[misc]

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        """Refused: a raw query is lazy and remembers nothing. Use a cursor inside the scope."""
        raise NotImplementedError("a school's rows are not read by raw(); use a cursor inside school_scope")

    def update(self, **kwargs: Any) -> int:
        """As Django's, in its own school only."""
        self._here()
        _refuse_values(kwargs.values())
        return super().update(**kwargs)

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        """As Django's; the rows remember their school."""
        self._here()
        rows = list(objs)
        for row in rows:
            refuse_carried(row)
        made = super().bulk_create(rows, *args, **kwargs)
        for row in made:
            row._state.school = connection.schema_name  # type: ignore[attr-defined]
        return made

    def bulk_update(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> int:
        """As Django's, for rows of this school only."""
        self._here()
        rows = list(objs)
        for row in rows:
            refuse_carried(row)
        return super().bulk_update(rows, *args, **kwargs)


def refuse_carried(row: Any) -> None:
    """Raise WrongSchool when a row, or a row it points to, comes from another school."""
    refuse_row(row)
    for field in row._meta.concrete_fields:
        if field.is_relation and field.is_cached(row):
            refuse_row(field.get_cached_value(row))


class SchoolManager(models.Manager[Row]):
    """The manager of a school's tables."""

    def get_queryset(self) -> "Belonging[Row]":
        """A queryset that remembers the school it was made in."""
        return Belonging(self.model, using=self._db, hints=self._hints)  # type: ignore[attr-defined]

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        """Refused, see Belonging.raw."""
        return self.get_queryset().raw(*args, **kwargs)


class Stamped(models.Model):
    """Mixin: a row in a school's own books remembers its school; using it in another raises `WrongSchool`."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Stamp the row with the schema it was read from."""
        row = super().from_db(*args, **kwargs)
        row._state.school = connection.schema_name  # type: ignore[attr-defined]
        return row

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, in its own school only."""
        refuse_carried(self)
        super().save(*args, **kwargs)
        self._state.school = connection.schema_name  # type: ignore[attr-defined]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row, in its own school only."""
        refuse_row(self)
        return super().delete(*args, **kwargs)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row anew (also one field that was left out), in its own school only."""
        refuse_row(self)
        super().refresh_from_db(*args, **kwargs)
