"""A zip of pictures that is damaged inside is refused in words."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from cms.importing.albums import AlbumRefused, in_zip


@pytest.mark.requirement("S9-41")
def test_a_spoilt_stream_is_refused():
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("tower.png", b"picture" * 500)
    spoilt = bytearray(file.getvalue())
    spoilt[39:44] = b"\xff" * 5
    with pytest.raises(AlbumRefused):
        list(in_zip(io.BytesIO(spoilt)))
