"""`manage.py demo_accounts`: who can sign in to the demo, and with what."""

import json
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from portal.demo.cast import PASSWORD
from tenants.models import School

ACCOUNTS = (
    ("", "访客，公开网站", ""),
    ("", "编辑", "editor"),
    ("", "秘书处", "secretary"),
    ("", "能源委员会审核员", "officer"),
    ("", "能源委员会主任", "chair"),
    ("", "教委主管", "commission"),
    ("", "审计管理员", "audit"),
    ("hhut", "海河理工大学，填报员", "hhut-clerk"),
    ("hhut", "海河理工大学，负责人", "hhut-head"),
    ("jgnu", "津沽师范大学，填报员", "jgnu-clerk"),
    ("jgnu", "津沽师范大学，负责人", "jgnu-head"),
)


class Command(BaseCommand):
    """Prints a table, or JSON for the launcher."""

    help = "List the demo accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        """--json for programs."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line an account."""
        urls = {school.code: school.url for school in School.objects.filter(code__in=["hhut", "jgnu"])}
        urls[""] = settings.ASSOCIATION_URL
        rows = [
            {"address": urls[code] + "/", "role": role, "account": account, "password": PASSWORD if account else ""}
            for code, role, account in ACCOUNTS
            if code in urls
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
        else:
            for row in rows:
                self.stdout.write("\t".join(row.values()))
