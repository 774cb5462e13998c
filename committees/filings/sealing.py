"""The seal: canonical payload, hash, and a check that anyone can repeat. Pure.

Canonical payload: JSON in UTF-8 with sorted keys, no blanks, NFC, Decimals as text, no floats, with a format version.
The seal is SHA-256 over the lines

    houqin-seal-1
    <number>
    <version>
    <SHA-256 of the payload>
    <form code> <form version> <form digest>
    <hash and size of each evidence file, sorted, one a line>
    <seal of the version before, or ->

A version that says how it was approved is sealed as houqin-seal-2: the same lines, and after the form's

    approval signed | approval deputy | approval scan <SHA-256 of the stamped scan> <its size>

See docs/decisions (canonical payload and seal).
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

PAYLOAD_FORMAT = 1


class NotCanonical(TypeError):
    """A payload holds something that has no single written form (a float, say)."""


@dataclass(frozen=True)
class Sealing:
    """What goes under a seal besides the payload."""

    number: str
    version: int
    form_code: str
    form_version: str
    form_digest: str
    evidence: tuple[tuple[str, int], ...]
    predecessor: str
    approval: str = ""

    @property
    def format(self) -> str:
        """Which form of the seal this is: the first one knew nothing of how a version was approved."""
        return "houqin-seal-2" if self.approval else "houqin-seal-1"


def canonical(payload: Any) -> str:
    """The one written form of a payload; raises NotCanonical for floats and unknown types."""
    plain = _plain(payload)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, dict):
        return {_plain(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise NotCanonical(f"{type(value).__name__} has no place in a payload")


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def seal(payload_sha256: str, sealing: Sealing) -> str:
    """The seal of one version (64 hexadecimal digits)."""
    lines = [
        sealing.format, sealing.number, str(sealing.version), payload_sha256,
        f"{sealing.form_code} {sealing.form_version} {sealing.form_digest}",
        *([f"approval {sealing.approval}"] if sealing.approval else []),
        *evidence_lines(sealing.evidence), sealing.predecessor or "-",
    ]  # fmt: skip
    return digest("\n".join(lines) + "\n")


def evidence_lines(evidence: Iterable[tuple[str, int]]) -> list[str]:
    """One line a file, sorted, so that the order of uploading does not matter."""
    return sorted(f"{sha256} {size}" for sha256, size in evidence)


def papers_digest(version: Any, evidence: Iterable[Any]) -> str:
    """A hash over what stands beside a version and not under its seal: who prepared and approved it, and how its files
    are called and where they belong. Kept with the move `file`."""
    files = sorted([item.sha256, item.size, item.indicator, item.name, item.media_type] for item in evidence)
    papers = [version.prepared_by_id, version.approved_by_id, version.coefficients, files]
    if version.way:
        papers.append([version.way, version.approved_for_id, *_scan_papers(version)])
    return digest(canonical(papers))


def approval_line(version: Any) -> str:
    """What the seal says of how a stored version was approved; empty for those sealed before it said so."""
    scan = getattr(version, "scan", None)
    return f"{version.way} {scan.sha256} {scan.size}" if scan else str(version.way)


def _scan_papers(version: Any) -> list[str]:
    scan = getattr(version, "scan", None)
    return [scan.sha256, scan.name, scan.media_type, scan.signer, scan.signed_on.isoformat()] if scan else []
