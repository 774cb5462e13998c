"""Pictures inside texts: found in the blocks of a page, so that their sizes are read together and not one by one."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.models import Picture


def pictures_in(value: Any) -> Iterator[Picture]:
    """All pictures in a value of blocks, however deep."""
    if isinstance(value, Picture):
        yield value
    elif isinstance(value, StructValue):
        for part in value.values():
            yield from pictures_in(part)
    elif isinstance(value, StreamValue):
        for child in value:
            yield from pictures_in(child.value)
    elif isinstance(value, ListValue | list):
        for child in value:
            yield from pictures_in(child)


def pictures_on(page: Page) -> list[Picture]:
    """All pictures of a page: in its streams, and its cover."""
    streams = [field.name for field in page._meta.get_fields() if isinstance(field, StreamField)]
    found = [picture for name in streams for picture in pictures_in(getattr(page, name))]
    if getattr(page, "cover", None):
        found.append(page.cover)
    return found


def has_pictures(page: Page) -> bool:
    """Whether a page shows any picture of its own."""
    return bool(pictures_on(page))


def wordless_in(values: Iterable[Any]) -> list[Picture]:
    """Pictures in values of a page's fields, each once, of which nobody has said what is to be seen."""
    found = {picture.pk: picture for value in values for picture in pictures_in(value) if picture.lacks_words}
    return list(found.values())


def wordless_on(page: Page) -> list[Picture]:
    """The same of a page: it is not released with one."""
    return wordless_in(pictures_on(page))


def warmed(page: Page) -> list[Picture]:
    """Read the sizes of all pictures of a page in one query; returns the pictures."""
    found = pictures_on(page)
    prefetch_related_objects(found, "renditions")
    return found
