"""A site to search in."""

from tests.cms.conftest import make_news, site  # noqa: F401
