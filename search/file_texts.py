"""The words of files as they were read once: kept by the key of the file's document, with what could not be read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from search.extracting.asking import Words, words_of
from search.models import FileText, UnreadFile


@dataclass(frozen=True)
class FileSeen:
    """A file as it lies now. `digest` tells whether it is still the one that was read; `content` is asked only if not;
    it raises `OSError` where the file is gone."""

    key: str
    digest: str
    title: str
    address: str
    kind: str
    content: Callable[[], bytes]


def read_files(files: Iterable[FileSeen], *, at: datetime) -> int:
    """Read those whose words are not known yet; returns how many. For the worker: a file takes up to a minute."""
    wanted = list(files)
    known = dict(FileText.objects.filter(key__in=[file.key for file in wanted]).values_list("key", "digest"))
    new = [file for file in wanted if known.get(file.key) != file.digest]
    for file in new:
        _keep(file, _words(file), at)
    return len(new)


def _words(file: FileSeen) -> Words:
    try:
        return words_of(file.content(), file.kind)
    except OSError:
        return Words(refused="missing")


@transaction.atomic
def _keep(file: FileSeen, words: Words, at: datetime) -> None:
    FileText.objects.update_or_create(key=file.key, defaults={"digest": file.digest, "text": words.text})
    if words.refused:
        told = {"title": file.title[:300], "address": file.address[:400], "reason": words.refused, "noted_at": at}
        UnreadFile.objects.update_or_create(key=file.key, defaults=told)
    else:
        UnreadFile.objects.filter(key=file.key).delete()


def texts_of(digests: dict[str, str]) -> dict[str, str]:
    """From keys with digests to words, of those files that were read as they are now."""
    rows = FileText.objects.filter(key__in=digests).values_list("key", "digest", "text")
    return {key: text for key, digest, text in rows if digests[key] == digest}


def forget_files(keys: Iterable[str]) -> None:
    """The files are gone; so are their words."""
    wanted = list(keys)
    FileText.objects.filter(key__in=wanted).delete()
    UnreadFile.objects.filter(key__in=wanted).delete()
