"""The chain of a filing's messages: each hash covers the message and the hash before it. Pure."""

from typing import Any
from uuid import UUID

from committees.filings.sealing import canonical, digest


def chain_of(before: str, filing: UUID, message: Any) -> str:
    """The hash of one message (64 hexadecimal digits); `before` is that of the message before, or empty."""
    words = [
        "houqin-message-1", before or "-", str(filing), message.number, str(message.side), message.indicator, message.text,
        message.by_id, f"{message.at.timestamp():.6f}",
    ]  # fmt: skip
    return digest(canonical(words))
