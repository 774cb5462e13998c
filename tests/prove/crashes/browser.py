"""A browser that keeps a ledger: it writes down what the portal confirmed, and asks again with the same key."""

import http.client
import secrets
import string
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.test import Client

from tenants.models import School, User
from tests.ground.cast import PASSWORD
from tests.ground.clients import sign_in_client

PATIENCE_SECONDS = 20
BOUNDARY = "part-of-a-form-7f3a"


@dataclass
class Browser:
    """One person on one host, on a real socket. `None` as an answer: none came."""

    port: int
    host: str
    cookies: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, port: int, school: School, user: User) -> "Browser":
        """Signed in on the school's host."""
        client = Client(SERVER_NAME=school.host)
        sign_in_client(client, user, school.host)
        token = "".join(secrets.choice(string.ascii_letters) for _ in range(32))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        return cls(port, school.host, {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: token})

    def get(self, path: str) -> tuple[int, str] | None:
        """Status and text of a page."""
        return self._ask("GET", path, b"", {})

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str] | None:
        """A form."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self._token}).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path: str, name: str, content: bytes) -> tuple[int, str] | None:
        """A form with one file."""
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self._token}\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        )
        body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})

    @property
    def _token(self) -> str:
        return self.cookies[settings.CSRF_COOKIE_NAME]

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str] | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            sent = {"Host": f"{self.host}:{self.port}", "Cookie": cookies, **headers}
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            self._take_messages(answer.headers.get_all("Set-Cookie") or [])
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def _take_messages(self, headers: list[str]) -> None:
        """The sentence that the next page says travels in a cookie."""
        for header in headers:
            name, _equals, value = header.partition(";")[0].partition("=")
            if name == "messages":
                self.cookies[name] = value


@dataclass
class Line:
    """One line of the ledger: what was asked, under which key, and whether the portal has confirmed it."""

    filing: Any
    kind: str
    key: str = field(default_factory=lambda: str(uuid4()))
    confirmed: bool = False
    asked: int = 0

    @property
    def content(self) -> bytes:
        """The file of an upload; its key stands in it, so that no two are alike."""
        return b"%PDF-1.7\n% " + self.key.encode() + b" " * 4000 + b"\n%%EOF\n"

    @property
    def name(self) -> str:
        """The file's name."""
        return f"bill-{self.key[:8]}.pdf"

    def ask(self, browser: Browser) -> None:
        """Send it, or send it again; note a confirmation only when one is read."""
        self.asked += 1
        path = f"/filings/{self.filing.public_id}/"
        if self.kind == "filing":
            fields = {"key": self.key, "version": str(self.filing.version), "stated": "1", "password": PASSWORD}
            answer = browser.post(f"{path}file/", fields)
            self.confirmed = answer is not None and answer[0] == 302
        else:
            answer = browser.upload(f"{path}evidence/", self.name, self.content)
            page = browser.get(f"{path}prepare/") if answer and answer[0] == 302 else None
            self.confirmed = page is not None and page[0] == 200 and self.name in page[1]
