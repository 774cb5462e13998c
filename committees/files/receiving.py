"""Receiving large uploads: they lie in a temporary file until they are looked at, and that file's disk may be full."""

import contextlib
import logging
from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


class CarefulTemporaryUpload(TemporaryFileUploadHandler):
    """Django's handler for what is too large for memory. A disk that takes no more ends in a sentence on the page the
    person was on, not in an error page: the file is given up, the rest of the form arrives."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open the temporary file."""
        self._attempt(lambda: super(CarefulTemporaryUpload, self).new_file(*args, **kwargs))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece; after a failure the rest is read and thrown away."""
        self._attempt(lambda: self.file.write(raw_data))

    def file_complete(self, file_size: int) -> Any:
        """The file at its start, or None when it was given up."""
        return self._attempt(lambda: super(CarefulTemporaryUpload, self).file_complete(file_size))

    def _attempt(self, step: Any) -> Any:
        if self._has_failed():
            return None
        try:
            return step()
        except OSError:
            log.exception("an upload could not be received")
            self.request.has_no_room = True  # type: ignore[union-attr]
            with contextlib.suppress(OSError, AttributeError):
                self.file.close()
            return None

    def _has_failed(self) -> bool:
        return getattr(self.request, "has_no_room", False)


def why_no_file(request: HttpRequest, none_chosen: str) -> str:
    """What to say when a form came without its file: there was no room to receive it, or none was chosen."""
    has_no_room = getattr(request, "has_no_room", False)
    return _("There is no room left for files. Tell the administrator.") if has_no_room else none_chosen
