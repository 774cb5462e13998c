"""Asking a virus scanner (clamd) about an upload, where the association runs one: its protocol INSTREAM."""

import logging
import socket
import struct
from enum import Enum
from typing import BinaryIO

from django.conf import settings

log = logging.getLogger(__name__)
CHUNK = 256 * 1024
#: How long the scanner may take for each step; an upload waits for it.
SECONDS = 20.0
_ANSWER = 4096


class Scan(Enum):
    """What came of it. ABSENT: no scanner is named in the settings."""

    ABSENT = "absent"
    CLEAN = "clean"
    FOUND = "found"
    SILENT = "silent"


def scan(stream: BinaryIO) -> Scan:
    """Send a content to the scanner of `FILE_SCANNER` (`host:3310`, or the path of its socket) and read its verdict.

    Only a plain OK is clean: an error of the scanner, such as its own limit of size, counts as silence.
    """
    place: str = settings.FILE_SCANNER
    if not place:
        return Scan.ABSENT
    stream.seek(0)
    try:
        with _connected(place) as scanner:
            answer = _ask(scanner, stream)
    except OSError:
        log.exception("the virus scanner does not answer")
        return Scan.SILENT
    if answer.endswith("FOUND"):
        log.error("the virus scanner has found something: %s", answer)
        return Scan.FOUND
    if answer.endswith(": OK"):
        return Scan.CLEAN
    log.error("the virus scanner could not look: %s", answer)
    return Scan.SILENT


def _connected(place: str) -> socket.socket:
    if place.startswith("/"):
        found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        found.settimeout(SECONDS)
        try:
            found.connect(place)
        except OSError:
            found.close()
            raise
        return found
    host, _colon, port = place.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)


def _ask(scanner: socket.socket, stream: BinaryIO) -> str:
    scanner.sendall(b"zINSTREAM\0")
    while chunk := stream.read(CHUNK):
        scanner.sendall(struct.pack("!L", len(chunk)) + chunk)
    scanner.sendall(struct.pack("!L", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _ANSWER and (more := scanner.recv(_ANSWER)):
        answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
