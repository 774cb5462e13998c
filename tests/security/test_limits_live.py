"""The same limits on the running portal: what a server in earnest does with a body nobody reads."""

import socket

import pytest
from django.test import Client

from tests.ground.cast import SCHOOL_A
from tests.ground.clients import sign_in_client

MB = 1024 * 1024
pytestmark = pytest.mark.journey


def _head(live, host, cookies, *lines):
    head = [
        "POST /people/invite/ HTTP/1.1", f"Host: {host}:{live.port}", f"Cookie: {cookies}",
        "Content-Type: multipart/form-data; boundary=x", *lines, "", "",
    ]  # fmt: skip
    return "\r\n".join(head).encode()


def _first_line(sock):
    sock.settimeout(10)
    return sock.recv(4096).split(b"\r\n")[0].decode()


@pytest.fixture
def session(live, cast, settings):
    """Cookies of a clerk with a session and a CSRF token that hold, as the running portal sees them."""
    settings.SECRET_KEY = live.environment["SECRET_KEY"]
    host = f"{SCHOOL_A}.portal.localhost"
    client = Client(SERVER_NAME=host, SERVER_PORT=str(live.port))
    sign_in_client(client, cast["head_a"], host)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={'c' * 32}"


@pytest.mark.requirement("UPL-01")
def test_60_mb_by_headers_alone_and_chunks_without_end(live, session):
    host = f"{SCHOOL_A}.portal.localhost"
    token = f"X-CSRFToken: {'c' * 32}"
    with socket.create_connection(("127.0.0.1", live.port)) as sock:
        sock.sendall(_head(live, host, session, token, f"Content-Length: {60 * MB}"))
        assert " 413 " in _first_line(sock)
    with socket.create_connection(("127.0.0.1", live.port)) as sock:
        sock.sendall(_head(live, host, session, token, "Transfer-Encoding: chunked"))
        # A small buffer of our own: what still lies in it would count as sent.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 * 1024)
        assert _send_chunks(sock) <= 30 * MB
        assert " 413 " in _first_line(sock)
    with socket.create_connection(("127.0.0.1", live.port)) as sock:
        sock.sendall(_head(live, host, session, token, "Transfer-Encoding: chunked") + b"5\r\n--x--\r\n0\r\n\r\n")
        assert " 200 " in _first_line(sock)


def _send_chunks(sock):
    """Send megabytes until the server answers or hangs up; how many bytes went out."""
    sent, chunk = 0, b"100000\r\n" + b"x" * MB + b"\r\n"
    sock.settimeout(5)
    while sent < 60 * MB:
        sock.setblocking(False)
        try:
            if sock.recv(1, socket.MSG_PEEK):
                return sent
        except BlockingIOError:
            pass
        finally:
            sock.settimeout(5)
        try:
            sock.sendall(chunk)
        except OSError:
            return sent
        sent += MB
    return sent
