"""The form of a picture. It stands alone: Wagtail's own can only be imported once all models are loaded."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class PictureForm(BaseImageForm):
    """A picture without words for those who do not see it is refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "alt_text" in self.fields:
            self.fields["alt_text"].help_text = _("One sentence: what is to be seen. It is read out to blind readers.")

    def clean(self) -> dict[str, Any]:
        """Words, or the word that none are needed."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "alt_text" in self.fields and not (cleaned.get("alt_text", "").strip() or cleaned.get("is_decorative")):
            self.add_error("alt_text", _("Say what is to be seen, or that the picture only decorates."))
        return cleaned
