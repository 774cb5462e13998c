"""Mails a server refuses, and robots: against servers on the loopback, never outside."""

import base64
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from smtplib import SMTPRecipientsRefused
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.fernet import InvalidToken
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from committees.notices import actions
from committees.notices.messages import Both
from committees.notices.models import MailFailure, RobotPost
from committees.notices.sending import send_posts, send_waiting
from portal.outgoing import hand_over
from tests.committees.notices.test_telling import told

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-75")]
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
KEYS = {"wecom": "693a91f6-7xxx-4bc4", "dingtalk": "a" * 40, "feishu": "5c2d3e4f-aaaa-bbbb"}


class Refusing(EmailBackend):
    """A mail server that refuses an address."""

    code = 550

    def send_messages(self, messages):
        """Refuse every recipient."""
        raise SMTPRecipientsRefused({to: (self.code, b"no such user") for one in messages for to in one.recipients()})


class Full(Refusing):
    """A mail server that says: not now."""

    code = 452


MAIL = {
    "subject": "题目",
    "body": "x",
    "sender": "a@example.test",
    "to": ["b@example.test"],
    "cc": [],
    "bcc": [],
    "html": "",
}


def test_a_refusal_for_good_is_shown_and_over(settings):
    settings.MAIL_BACKEND = f"{__name__}.Refusing"
    hand_over(MAIL)
    assert (MailFailure.objects.get().address, MailFailure.objects.get().error) == (
        "b@example.test",
        "550 no such user",
    )


def test_a_refusal_for_now_is_shown_tried_again_and_settled_by_the_mail_that_arrives(settings):
    settings.MAIL_BACKEND = f"{__name__}.Full"
    with pytest.raises(SMTPRecipientsRefused):
        hand_over(MAIL)
    assert MailFailure.objects.get().settled_at is None
    settings.MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    hand_over(MAIL)
    assert MailFailure.objects.get().settled_at is not None


def test_the_mail_of_notices_is_a_job_with_its_headers(cast, settings):
    settings.EMAIL_BACKEND = "portal.queued_mail.QueueBackend"
    settings.MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    told(cast["clerk_a"])
    assert send_waiting(at=AT) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM public.procrastinate_jobs WHERE task_name = 'mail_send'")
        ((args,),) = cursor.fetchall()
    hand_over(json.loads(args)["mail"])
    assert "List-Unsubscribe" in mail.outbox[0].extra_headers


@pytest.fixture
def chat(settings) -> Iterator[SimpleNamespace]:
    """A loopback in place of the three chats; `status` and `body` are what it answers."""
    seen = SimpleNamespace(asked=[], status=200, body=b'{"errcode":0,"code":0}')

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.asked.append((self.path, json.loads(body)))
            self.send_response(seen.status)
            self.end_headers()
            self.wfile.write(seen.body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.ROBOT_DOOR = "committees.notices.robots.speak"
    settings.ROBOT_ORIGINS = dict.fromkeys(KEYS, f"http://127.0.0.1:{server.server_port}")
    yield seen
    server.shutdown()
    server.server_close()


def add(cast, kind, owner="committee:energy", secret=""):
    return actions.add_robot(
        owner=owner, kind=kind, label="联络员群", token=KEYS[kind], secret=secret, by=cast["officer"], at=AT
    )


@pytest.mark.parametrize("kind", sorted(KEYS))
def test_each_kind_of_robot_says_it_once(cast, chat, kind):
    add(cast, kind, secret="SEC1" if kind == "dingtalk" else "")
    assert actions.post_by_robots(owner="committee:energy", words=Both("3所学校未报", "x"), at=AT) == 1
    assert [send_posts(at=AT) for _ in range(2)] == [1, 0]
    ((path, body),) = chat.asked
    assert KEYS[kind] in path
    assert "3所学校未报" in json.dumps(body, ensure_ascii=False)
    assert ("sign=" in path) == (kind == "dingtalk")


def test_a_robot_that_fails_is_tried_five_times(cast, chat):
    add(cast, "wecom")
    chat.status = 500
    actions.post_by_robots(owner="committee:energy", words=Both("x", "x"), at=AT)
    assert [send_posts(at=AT) for _ in range(7)] == [0] * 7
    assert len(chat.asked) == 5
    post = RobotPost.objects.get()
    assert post.tries == 5
    assert KEYS["wecom"] not in post.error


@pytest.mark.parametrize("kind", sorted(KEYS))
def test_a_refusal_with_status_200_counts_as_refused(cast, chat, kind):
    add(cast, kind)
    actions.post_by_robots(owner="committee:energy", words=Both("x", "x"), at=AT)
    chat.body = json.dumps({"errcode": 45009, "code": 45009, "errmsg": f"too fast, key {KEYS[kind]}"}).encode()
    assert send_posts(at=AT) == 0
    post = RobotPost.objects.get()
    assert (post.sent_at, post.tries) == (None, 1)
    assert KEYS[kind] not in post.error
    assert kind == "feishu" or post.error.startswith("45009: too fast")
    chat.body = b'{"errcode":0,"code":0}'
    assert send_posts(at=AT) == 1


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"ok":true}'])
def test_an_answer_of_another_than_the_chat_is_no_success(cast, chat, body):
    add(cast, "wecom")
    actions.post_by_robots(owner="committee:energy", words=Both("x", "x"), at=AT)
    chat.body = body
    assert send_posts(at=AT) == 0


def test_a_signature_is_right(cast, chat):
    add(cast, "dingtalk", secret="SEC1")
    actions.post_by_robots(owner="committee:energy", words=Both("x", "x"), at=AT)
    assert send_posts(at=AT) == 1
    asked = parse_qs(urlsplit(chat.asked[0][0]).query)
    expected = hmac.digest(b"SEC1", f"{asked['timestamp'][0]}\nSEC1".encode(), "sha256")
    assert base64.b64decode(asked["sign"][0]) == expected


def test_a_robot_speaks_for_its_own_committee_and_not_when_retired(cast, chat):
    robot = add(cast, "wecom")
    assert actions.post_by_robots(owner="committee:canteen", words=Both("x", "x"), at=AT) == 0
    actions.post_by_robots(owner="committee:energy", words=Both("x", "x"), at=AT)
    actions.retire_robot(robot=robot, by=cast["officer"], at=AT)
    assert send_posts(at=AT) == 0
    assert chat.asked == []


@pytest.mark.parametrize("token", ["", "https://evil.example/", "../../x", "a b", "key@host"])
def test_a_key_is_a_key_and_no_address(cast, token):
    with pytest.raises(actions.NoticeRefused):
        actions.add_robot(
            owner="committee:energy", kind="wecom", label="x", token=token, secret="", by=cast["officer"], at=AT
        )


def test_a_robot_is_known_once(cast):
    add(cast, "wecom")
    with pytest.raises(actions.NoticeRefused):
        add(cast, "wecom")


def test_keys_of_robots_are_not_in_the_database_in_clear(cast, settings):
    robot = add(cast, "dingtalk", secret="SECRET1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(r)::text FROM public.notices_robot r")
        ((row,),) = cursor.fetchall()
    assert KEYS["dingtalk"] not in row
    assert "SECRET1" not in row
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the settings, long enough to be one"
    robot.refresh_from_db()
    assert (robot.token, robot.secret, robot.ending) == (KEYS["dingtalk"], "SECRET1", "aaaa")
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        robot.token  # noqa: B018
    actions.try_robot(robot=robot, by=cast["officer"], at=AT)
    settings.ROBOT_DOOR = "committees.notices.robots.speak"
    assert send_posts(at=AT) == 0
    assert "SECRET_KEY" in str(RobotPost.objects.get().refusal)
