"""Which files of the site a reader may have: those that a live page shows. Drafts keep theirs to the newsroom."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.models import Page, ReferenceIndex

from cms.models.media import Picture, PictureRendition, SiteDocument
from cms.models.takedowns import TakeDown
from cms.standing import standing_of


def may_see_rendition(request: HttpRequest, name: str) -> bool:
    """Whether the picture in the file `name` (below MEDIA_ROOT) stands on a live page, or the newsroom asks."""
    picture = PictureRendition.objects.filter(file=name).values_list("image_id", flat=True).first()
    return picture is not None and (is_shown(Picture, picture) or bool(standing_of(request.user)))


def may_see_document(request: HttpRequest, document: SiteDocument) -> bool:
    """Whether a document hangs on a live page, or the newsroom asks."""
    return is_shown(SiteDocument, document.pk) or bool(standing_of(request.user))


def is_shown(kind: type[Any], pk: int) -> bool:
    """Whether a live page (or a setting of the site) refers to a file."""
    to = ContentType.objects.get_for_model(kind)
    found = ReferenceIndex.objects.filter(to_content_type=to, to_object_id=str(pk))
    page_type = ContentType.objects.get_for_model(Page).pk
    rows = set(found.values_list("base_content_type", "object_id"))
    if any(base != page_type for base, _pk in rows):
        return True
    return bool(rows) and Page.objects.live().filter(pk__in=[int(page) for _base, page in rows]).exists()


def taken_down(url_path: str) -> TakeDown | None:
    """The take-down in force at an address of the tree."""
    return TakeDown.objects.filter(url_path=url_path, undone_at=None).first()
