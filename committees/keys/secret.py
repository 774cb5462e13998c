"""What a key looks like, and the hash of its secret. Pure."""

import hashlib

MARK = "hq"


def digest_of(secret: str) -> str:
    """SHA-256 of a secret as hexadecimal digits: enough for 256 random bits, and quick on every request."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
