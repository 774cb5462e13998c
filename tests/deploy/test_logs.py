"""The log for machines: which request, which school, who by number; never names, codes or what was typed."""

import json
import logging

import pytest
from django.db import IntegrityError

from portal.logs import JsonFormatter, _current, without_secrets
from portal.request_ids import HEADER
from tenants.models import User


class Lines(logging.Handler):
    """Keeps what the formatter makes of each record."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))


@pytest.fixture
def lines():
    handler, source = Lines(), logging.getLogger("portal.requests")
    level = source.level
    source.addHandler(handler)
    source.setLevel("INFO")
    yield handler
    source.removeHandler(handler)
    source.setLevel(level)


@pytest.mark.django_db
def test_a_line_names_request_school_and_person_by_number(client_on, cast, lines):
    client = client_on(cast.school_a.host, cast["head_a"])
    response = client.get("/people/?q=林渡")
    line = json.loads(lines.texts[-1])
    assert line["request"] == response[HEADER]
    assert (line["school"], line["user"]) == ("lingang", cast["head_a"].pk)
    assert line["message"] == "GET /people/ 200"
    assert "林渡" not in lines.texts[-1]
    assert line["milliseconds"] >= 0


@pytest.mark.django_db
def test_a_visitor_chooses_no_request_id(client_on):
    response = client_on("portal.localhost").get("/", headers={HEADER: "forged"})
    assert response[HEADER] != "forged"


@pytest.mark.django_db
def test_codes_stay_out_of_the_log(client_on, lines):
    client_on("portal.localhost").get("/accounts/invitation/ABCD2345EFGH/")
    assert "ABCD2345EFGH" not in "".join(lines.texts)
    assert without_secrets("Not Found: /accounts/code/ABCD2345EFGH/") == "Not Found: /accounts/code/***/"
    assert without_secrets("GET /enter/?ticket=abc&next=/x") == "GET /enter/?ticket=***&next=/x"


@pytest.mark.django_db
def test_values_of_a_database_error_stay_out(lines, cast):
    User.objects.filter(account="clerk_a").update(phone="13800000001")
    try:
        User.objects.filter(account="clerk_b").update(phone="13800000001")
    except IntegrityError:
        logging.getLogger("portal.requests").exception("failed")
    line = json.loads(lines.texts[-1])
    assert line["exception"]["type"] == "IntegrityError"
    assert "13800000001" not in lines.texts[-1]
    assert line["exception"]["at"]


def test_outside_a_request_a_line_has_no_request():
    _current.set(None)
    record = logging.LogRecord("x", logging.INFO, "x", 1, "said %s", ("this",), None)
    line = json.loads(JsonFormatter().format(record))
    assert set(line) == {"at", "level", "logger", "message"}
