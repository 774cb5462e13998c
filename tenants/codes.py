"""School codes: the short name in a school's address."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PATTERN = re.compile(r"[a-z][a-z0-9]{1,19}")
#: Words that are, or may become, hosts and folders of the association itself.
RESERVED = frozenset(
    [
        "www",
        "api",
        "admin",
        "cms",
        "mail",
        "smtp",
        "imap",
        "pop",
        "ftp",
        "ns",
        "dns",
        "static",
        "media",
        "files",
        "assets",
        "cdn",
        "img",
        "docs",
        "help",
        "status",
        "health",
        "test",
        "demo",
        "public",
        "private",
        "school",
        "schools",
        "template",
        "extensions",
        "portal",
        "association",
        "committee",
        "committees",
        "commission",
        "desk",
        "login",
        "logout",
        "accounts",
        "account",
        "sso",
        "cas",
        "saml",
        "oidc",
        "search",
        "feed",
        "rss",
        "en",
        "zh",
        "root",
        "system",
        "support",
        "security",
        "localhost",
        "backup",
        "old",
        "new",
        "beta",
        "staging",
        "dev",
        "grafana",
        "metrics",
        "ws",
    ]
)


def validate_code(code: str) -> None:
    """2 to 20 small letters and digits, a letter first, no reserved word; raises ValidationError with the reason."""
    if not PATTERN.fullmatch(code):
        raise ValidationError(_("Use 2 to 20 small letters and digits, a letter first."), code="form")
    if code in RESERVED or code.startswith("xn"):
        raise ValidationError(_("“%(code)s” is a reserved word.") % {"code": code}, code="reserved")
