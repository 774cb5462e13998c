"""Forms of the editor: what Wagtail's own let through and we do not."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class PageForm(WagtailAdminPageForm):
    """The address may stay empty: it is then made from the title's pinyin. The plate is one of the writer's sections."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Leave it empty: it is made from the title's pinyin.")
        if "room" in self.fields and self.for_user is not None:
            self._keep_to_sections()

    def clean(self) -> dict[str, Any]:
        """A text goes to its reviewers with words for each of its pictures."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "action-submit" in self.data and (without := _wordless(cleaned)):
            words = _("Pictures without words: %(titles)s. Say what is to be seen, or that they only decorate.")
            self.add_error(None, words % {"titles": "、".join(picture.title for picture in without[:5])})
        return cleaned

    def _keep_to_sections(self) -> None:
        """Offer the sections in which the person writes, and the one the page has; the first of theirs for a new page."""
        from cms.standing import standing_of  # it reads the tables

        rooms = standing_of(self.for_user).rooms
        if self.for_user.is_superuser or not rooms:
            return
        field = self.fields["room"]
        has = {self.instance.room} if self.instance.pk else set()
        field.choices = [choice for choice in field.choices if not choice[0] or choice[0] in rooms | has]
        if not self.instance.pk and self.instance.room not in rooms:
            self.initial["room"] = next(value for value, _label in field.choices if value)


def _wordless(cleaned: dict[str, Any]) -> list[Any]:
    from cms.pictures import wordless_in  # it reads the tables

    return wordless_in(cleaned.values())
