"""Days and times in the language of the page, in local time, without a space between Han and figures."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from portal.templatetags import hq, hq_words

_DAY = date(2027, 3, 15)


@pytest.mark.parametrize(
    ("style", "han", "english"),
    [
        ("day", "3月15日", "15 March"),
        ("full", "2027年3月15日", "15 March 2027"),
        ("month", "2027年3月", "March 2027"),
        ("short", "03-15", "03-15"),
    ],
)
def test_a_day_in_both_languages(style, han, english):
    with translation.override("zh-hans"):
        assert hq.day(_DAY, style) == han
    with translation.override("en"):
        assert hq.day(_DAY, style) == english


def test_weekdays():
    with translation.override("zh-hans"):
        assert (hq.weekday(_DAY), hq.weekday(_DAY, "short")) == ("星期一", "周一")
    with translation.override("en"):
        assert (hq.weekday(_DAY), hq.weekday(_DAY, "short")) == ("Monday", "Mon")


def test_a_moment_is_told_in_local_time():
    moment = datetime(2027, 3, 15, 16, 30, tzinfo=UTC)
    with translation.override("zh-hans"):
        assert hq.when(moment, "moment") == '<time datetime="2027-03-16T00:30">3月16日 00:30</time>'
    assert hq.when(None) == ""


@pytest.mark.parametrize(
    ("left", "by", "han"),
    [
        (12, "", "还剩12个工作日"),
        (0, "17:30", "今天17:30前"),
        (0, "", "今天"),
        (-3, "", "逾期3个工作日"),
    ],
)
def test_a_deadline_in_words(left, by, han):
    with translation.override("zh-hans"):
        said = hq_words.due_words(left, by)
    assert said.replace('<span class="num">', "").replace("</span>", "") == f"<b>{han}</b>"


def test_a_time_of_day_from_outside_is_escaped():
    with translation.override("en"):
        assert "<script>" not in hq_words.due_words(0, "<script>")
