"""The directory of members: drawn from the register of schools, never typed."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from cms.models.base import ListPage


class MemberDirectoryPage(ListPage):
    """All member schools, to filter by type and district."""

    drawing: ClassVar[str] = "doors"
    template = "cms/member_directory.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("directory of members")

    @property
    def has_csv(self) -> bool:
        """It may be taken along."""
        return True
