"""No test speaks to the outside: connections leave this machine's loopback only to fail."""

import ipaddress
import socket
from typing import Any

import pytest


class OutsideRefused(OSError):
    """A test tried to reach another machine."""


def close_network(patch: pytest.MonkeyPatch) -> None:
    """Let sockets reach loopback addresses and local sockets only; names other than localhost are not resolved."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def checked(method: Any) -> Any:
        def call(self: socket.socket, address: Any) -> Any:
            if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(str(address[0])):
                raise OutsideRefused(f"tests do not reach {address[0]}")
            return method(self, address)

        return call

    def resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name and not _is_here(name):
            raise OutsideRefused(f"tests do not look up {name}")
        return getaddrinfo(host, *args, **kwargs)

    patch.setattr(socket.socket, "connect", checked(connect))
    patch.setattr(socket.socket, "connect_ex", checked(connect_ex))
    patch.setattr(socket, "getaddrinfo", resolve)


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
