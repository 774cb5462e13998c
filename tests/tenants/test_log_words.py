"""The facts of a line of the security log, as people read them."""

import pytest
from django.utils import translation

from tenants.templatetags.people import facts


@pytest.mark.parametrize(
    ("language", "values", "words"),
    [
        ("zh-hans", {"known": False}, "账号存在：否"),
        ("zh-hans", {"role": "clerk", "code": "haijin"}, "代码：haijin；角色：填报员"),
        ("en", {"nonce": True}, "from this browser: yes"),
        ("en", {"later": "as written"}, "later: as written"),
    ],
)
def test_facts_are_told_in_the_readers_words(language, values, words):
    with translation.override(language):
        assert facts(values) == words
