"""`manage.py school_extract CODE`: what the association holds of one school, for its backup; or how it differs from one."""

import json
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from portal.extracts import differences, extract_of
from tenants.models import School


class Command(BaseCommand):
    """Reads only. What is sealed is compared, never put back: the association's copy is the one that counts."""

    help = "Print the association's rows of one school as JSON, or compare them with an earlier extract."

    def add_arguments(self, parser: CommandParser) -> None:
        """The school's code; --against a file."""
        parser.add_argument("code")
        parser.add_argument("--against", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """JSON to standard output, or one line a difference."""
        school = School.objects.filter(code=options["code"]).first()
        if school is None:
            raise CommandError(f"no school has the code {options['code']}")
        found = extract_of(school)
        if options["against"] is None:
            self.stdout.write(json.dumps(found, sort_keys=True, ensure_ascii=False))
            return
        lines = list(differences(json.loads(options["against"].read_text()), found))
        for line in lines:
            self.stdout.write(line)
        self.stdout.write(f"what the association holds of {school.code}: {len(lines)} rows differ from the backup")
