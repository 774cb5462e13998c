"""Brings in the articles of an old site from an export: shows the report first, writes only when told to."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.actions.imports import ImportRefused, discard_import, read_import, start_import
from cms.importing.albums import AlbumRefused, in_folder, in_zip
from cms.importing.reporting import KINDS
from cms.importing.wxr import NotTaken
from cms.models.editing import Duty
from cms.models.imports import SiteImport
from cms.queries import import_columns, import_rows
from cms.rooms import Room
from cms.standing import standing_of
from cms.tasks import bring_in
from committees.workbooks.exports import rows_to_csv
from tenants.clock import database_now
from tenants.models import User

_TITLES = ("place", "title", "column", "old address", "state", "new address", "kind", "remark")


class Command(BaseCommand):
    """`import_articles export.xml --pictures uploads/ --by editor [--column 要闻=/news/] [--publish] --go`."""

    help = "Brings in the articles of an old site (WordPress .xml or .csv). Without --go it only shows the report."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The export, its pictures, whose work it is, where columns go."""
        parser.add_argument("export", type=Path)
        parser.add_argument("--pictures", type=Path, help="a folder or a zip beside the export")
        parser.add_argument("--by", required=True, help="account of an editor of the whole site")
        parser.add_argument("--room", choices=Room.values, default=Room.ASSOCIATION.value)
        parser.add_argument("--column", action="append", default=[], help="OLD=/address/ of a list of this site")
        parser.add_argument("--publish", action="store_true", help="with the old dates; needs the duty of release")
        parser.add_argument("--report", type=Path, help="write the whole report to this CSV")
        parser.add_argument("--go", action="store_true", help="make the pages")

    def handle(self, *args: Any, **given: Any) -> None:
        """Read, report, and with --go write."""
        by = User.objects.filter(account=given["by"], is_active=True).first()
        if by is None or not standing_of(by).has(Duty.EDIT):
            raise CommandError(f"{given['by']} is no editor of the whole site")
        try:
            row = read_import(
                name=given["export"].name, content=given["export"].read_bytes(), pictures=_pictures(given["pictures"]),
                room=given["room"], by=by, at=database_now(),
            )  # fmt: skip
        except (NotTaken, AlbumRefused, OSError) as refused:
            raise CommandError(str(refused)) from refused
        columns = self._columns(row, given["column"])
        if given["go"]:
            self._go(row, columns, by, publishes=given["publish"])
        self._tell(row, columns, given["report"])
        if not given["go"]:
            discard_import(site_import=row, by=by, at=database_now())
            self.stdout.write("Nothing was written. Say --go to make the pages.")

    def _columns(self, row: SiteImport, words: list[str]) -> dict[str, Any]:
        lists = import_columns()
        by_key, by_address = {page.pk: page for page in lists}, {page.get_url(): page for page in lists}
        found = {name: by_key.get(key or 0) for name, key in row.columns.items()}
        for word in words:
            name, _sign, address = word.partition("=")
            if name not in found or address not in by_address:
                known = ", ".join(filter(None, by_address))
                raise CommandError(f"--column {word}: no such column in the export, or no such list here ({known})")
            found[name] = by_address[address]
        return found

    def _go(self, row: SiteImport, columns: dict[str, Any], by: User, *, publishes: bool) -> None:
        try:
            start_import(site_import=row, columns=columns, publishes=publishes, by=by, at=database_now())
        except ImportRefused as refused:
            discard_import(site_import=row, by=by, at=database_now())
            raise CommandError(str(refused)) from refused
        bring_in(row.pk)

    def _tell(self, row: SiteImport, columns: dict[str, Any], report: Path | None) -> None:
        lines = Counter(str(KINDS.get(kind, kind)) for one in row.articles.all() for kind, _words in one.report)
        states = Counter(str(one.get_state_display()) for one in row.articles.all())
        for title, counted in (("articles", states), ("remarks", lines)):
            self.stdout.write(f"{title}: " + (", ".join(f"{name} {count}" for name, count in counted.items()) or "0"))
        for name, page in columns.items():
            self.stdout.write(f"column {name or '-'}: {page.get_url() if page else 'left out'}")
        for place, words in row.faults:
            self.stdout.write(f"{place}: {words}")
        if report:
            report.write_bytes(rows_to_csv(_TITLES, import_rows(row)).content)


def _pictures(path: Path | None) -> Iterator[tuple[str, bytes]]:
    if path is None:
        return
    if path.is_dir():
        yield from in_folder(path)
    else:
        with path.open("rb") as file:
            yield from in_zip(file)
