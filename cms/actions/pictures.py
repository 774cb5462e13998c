"""Writing what pictures show, for those who do not see them."""

from datetime import datetime

from django.db import transaction

from cms.models import Picture
from tenants.models import User


@transaction.atomic
def say_words(*, picture: Picture, words: str, is_decorative: bool, by: User, at: datetime) -> bool:
    """Give a picture that lacks them its words, or mark it as one that only decorates; False when it has them already."""
    row = Picture.objects.select_for_update().get(pk=picture.pk)
    if not row.lacks_words or not (words.strip() or is_decorative):
        return False
    row.alt_text, row.is_decorative = words.strip()[:200], is_decorative and not words.strip()
    row.save(update_fields=["alt_text", "is_decorative"])
    return True
