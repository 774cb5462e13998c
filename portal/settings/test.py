"""Tests: quick password hashing and drawing, mail in memory, no manifest of static files."""

import os
from typing import IO

from PIL import AvifImagePlugin, Image

from portal.settings.base import *
from portal.settings.base import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
DEMO_MAILBOX = True
# Journeys sign in by password; tests/tenants/test_second_step.py puts the portal's own list back.
SECOND_STEP_REQUIRED_FOR = tuple(filter(None, os.environ.get("TEST_SECOND_STEP", "").split(",")))
# Static files straight from their folders: nothing is collected, and a test client does not read them all.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
# The portal under test answers from PostgreSQL; tests/search and tests/prove/search name the server they are given themselves.
ELASTICSEARCH_URL = os.environ.get("TEST_PORTAL_ELASTICSEARCH", "")


def _save_avif(image: Image.Image, file: IO[bytes], name: str | bytes) -> None:
    """Larger files in a sixteenth of the time: nobody waits for these over a slow line."""
    image.encoderinfo.setdefault("speed", 10)
    AvifImagePlugin._save(image, file, name)


Image.register_save(AvifImagePlugin.AvifImageFile.format, _save_avif)
