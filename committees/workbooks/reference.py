"""All rules of reading a workbook in the order in which they are asked: what the reference page is made from."""

from django.utils.translation import gettext_lazy as _

from committees.workbooks.file_rules import FILE_RULES
from committees.workbooks.number_rules import REFUSALS
from committees.workbooks.number_tolerances import TOLERANCES
from committees.workbooks.place_rules import PLACE_RULES
from committees.workbooks.rulebook import Rule, Text

RULE_GROUPS: tuple[tuple[Text, tuple[Rule, ...]], ...] = (
    (_("Files that are not read"), tuple(FILE_RULES.values())),
    (_("Tables that were changed"), tuple(PLACE_RULES.values())),
    (_("Numbers that are refused"), REFUSALS),
    (_("Numbers that are read although they are not plain digits"), TOLERANCES),
)
