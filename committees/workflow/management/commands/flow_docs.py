"""`manage.py flow_docs`: write the reference pages of the flows from their tables."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from committees.workflow.binding import all_bindings
from committees.workflow.reference import flow_drawing, flows_page


class Command(BaseCommand):
    """Writes docs/reference/flows.md and one drawing a flow; repeating it changes nothing."""

    help = "Write docs/reference/flows.md and its drawings."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--to`: another folder."""
        parser.add_argument("--to", type=Path, default=Path(settings.ROOT) / "docs" / "reference")

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes files, reads no database."""
        folder: Path = options["to"]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "flows.md").write_text(flows_page(all_bindings()), encoding="utf-8")
        for binding in all_bindings():
            (folder / f"flow-{binding.flow.name}.svg").write_text(flow_drawing(binding.flow), encoding="utf-8")
        self.stdout.write(f"{len(all_bindings())} flows written to {folder}")
