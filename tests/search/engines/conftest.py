"""Both engines on the same texts. Elasticsearch runs where `ELASTICSEARCH_URL` names a server; a named one must answer."""

import os
import uuid
from datetime import UTC, date, datetime

import pytest

from search.engines.engine import Scope
from search.planning.lexicon import make_lexicon, starting_lists
from search.readers import Reader, school_token
from search.registry import PUBLIC, Document

AT = datetime(2026, 11, 20, tzinfo=UTC)
URL = os.environ.get("ELASTICSEARCH_URL", "")
ENGINES = [
    "postgresql",
    pytest.param("elasticsearch", marks=pytest.mark.skipif(not URL, reason="ELASTICSEARCH_URL names no server")),
]
TEXTS = [
    ("price", "食堂饭菜价格公示", "各校食堂每月公布饭菜价格，变动前征求学生意见。"),
    ("safety", "食品安全检查通报", "检查组走访二十个食堂，发现留样不足的问题三处。"),
    ("dorm", "学生公寓用电管理办法", "公寓内不得使用大功率电器，违者由宿管登记。"),
    ("pets", "关于公寓卫生的通知", "寝室每周打扫一次。不得饲养宠物。"),
    ("energy", "能源公报", "全年综合能耗下降，用电与供暖各占一半，食堂用气另计价格。"),
    ("number", "关于报送年度数据的通知", "津高后〔2026〕3号，请各校于十二月前报送。"),
    ("old", "冬季供暖安排", "锅炉房十一月点火。"),
    ("english", "Canteen prices", "Prices of meals are published every month."),
    ("one", "水", "节约每一滴水。"),
]


def documents():
    made = [
        Document(
            f"t:{key}", "news" if number % 2 else "page", title, f"/{key}/", (PUBLIC,), text,
            day=date(2026, 1, 1 + number), committee="food" if "食" in title else "",
        )
        for number, (key, title, text) in enumerate(TEXTS)
    ]  # fmt: skip
    secret = Document("s:7", "filing", "食堂价格填报", "/7/", (school_token(7),), "本校食堂价格", space=7, school_id=7)
    ended = Document(
        "t:ended", "news", "食堂价格旧闻", "/e/", (PUBLIC,), "食堂价格", expires_at=datetime(2026, 11, 1, tzinfo=UTC)
    )
    desk = Document("t:desk", "news", "食堂价格内部稿", "/d/", ("association:editor",), "食堂价格")
    return [*made, secret, ended, desk]


@pytest.fixture(scope="session")
def lexicon():
    return make_lexicon(*starting_lists())


@pytest.fixture
def public():
    return Scope(Reader(), AT)


@pytest.fixture
def member():
    return Scope(Reader((0, 7), (PUBLIC, school_token(7))), AT)


def elastic(settings):
    """An engine with an index of its own on the named server."""
    from search.engines.elastic import ElasticEngine

    settings.ELASTICSEARCH_URL = URL
    settings.SEARCH_INDEX = f"test-{uuid.uuid4().hex[:12]}"
    return ElasticEngine(URL, settings.SEARCH_INDEX)


def filled(name, settings, given):
    """The engine `name`, holding what is given; afterwards its index goes."""
    from search.comparing import rebuild_elastic
    from search.engines.postgres import PostgresEngine
    from search.outbox import write_documents

    write_documents("test", [each.key for each in given], given)
    if name == "postgresql":
        yield PostgresEngine()
        return
    engine = elastic(settings)
    rebuild_elastic(engine)
    try:
        yield engine
    finally:
        engine.drop()


@pytest.fixture(params=ENGINES)
def engine(request, db, settings):
    yield from filled(request.param, settings, documents())
