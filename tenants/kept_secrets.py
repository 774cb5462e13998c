"""Secrets that the portal must be able to say again: kept encrypted under the settings' key, found again by a mark."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def cipher(purpose: str) -> MultiFernet:
    """A cipher for one purpose: what it made opens for no other. Older keys (SECRET_KEY_FALLBACKS) still open; opening
    raises InvalidToken when the key changed without them."""
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in _keys(purpose)])


def mark_of(text: str, purpose: str) -> str:
    """A keyed hash in hex (64 signs), by which the same secret is known again without being opened."""
    return hmac.digest(_keys(purpose)[0], text.encode(), "sha256").hex()


def _keys(purpose: str) -> list[bytes]:
    secrets = [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return [hashlib.sha256(f"{purpose}:{secret}".encode()).digest() for secret in secrets]
