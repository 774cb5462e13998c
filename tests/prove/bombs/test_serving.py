"""While bombs are uploaded, the one worker goes on serving others."""

import http.client
import threading
import time

import pytest
from django.test import Client

from tests.committees.filings.school.ground import make_case
from tests.ground.cast import SCHOOL_A
from tests.ground.clients import sign_in_client
from tests.prove.bombs import makers

pytestmark = pytest.mark.prove
HOST = f"{SCHOOL_A}.portal.localhost"
ROUNDS = 3


def _upload(live, cookies, path, content):
    """Status and text of one upload."""
    body = (
        b'--b\r\nContent-Disposition: form-data; name="workbook"; filename="a.xlsx"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n--b--\r\n"
    )
    headers = {
        "Host": f"{HOST}:{live.port}", "Cookie": cookies, "X-CSRFToken": "c" * 32,
        "Content-Type": "multipart/form-data; boundary=b",
    }  # fmt: skip
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=60)
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def _ask(live):
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=60)
    connection.request("GET", "/robots.txt", headers={"Host": f"portal.localhost:{live.port}"})
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.requirement("G18")
def test_others_are_served_meanwhile(live, cast, settings):
    settings.SECRET_KEY = live.environment["SECRET_KEY"]
    case = make_case(cast)
    case.begin()
    client = Client(SERVER_NAME=HOST, SERVER_PORT=str(live.port))
    sign_in_client(client, cast["clerk_a"], HOST)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={'c' * 32}"
    bombs = [makers.varied_cells(), makers.merged(1_500_000), makers.lying()]
    seen, served = [], []

    def attack(content):
        seen.extend(_upload(live, cookies, f"{case.path}upload/", content) for _ in range(ROUNDS))

    attackers = [threading.Thread(target=attack, args=(content,)) for content in bombs]
    for attacker in attackers:
        attacker.start()
    while any(attacker.is_alive() for attacker in attackers):
        served.append(_ask(live))
        time.sleep(0.05)
    assert {status for status, _text in seen} == {422}
    assert len(served) >= 5
    assert set(served) == {200}
