"""Sessions that know their host: one that is carried to another host is nobody's there."""

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest

from tenants.signin.origin import plain_host

HOST = "_host"
SIGN_IN = "_sign_in"


class SessionStore(DatabaseSessions):
    """Django's database sessions, tied to the host on which they began."""

    def __init__(self, session_key: str | None = None, host: str | None = None) -> None:
        self.host = host
        #: Set when a session of another host was shown here.
        self.carried = False
        super().__init__(session_key)

    def load(self) -> dict[str, Any]:
        """The stored data; nothing at all when it belongs to another host (the session itself is left alone)."""
        stored: dict[str, Any] = super().load()
        if self.host and stored and stored.get(HOST, self.host) != self.host:
            self._session_key = None
            self.carried = True
            return {}
        return stored

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to store, with its host."""
        return super().create_model_instance({**data, HOST: self.host} if self.host else data)


class HostSessionMiddleware(SessionMiddleware):
    """Django's session middleware; it tells the store which host is asked."""

    def process_request(self, request: HttpRequest) -> None:
        """Open the session of this host."""
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        request.session = SessionStore(key, host=plain_host(request))
