"""What the headers of every answer must say; asked of every answer that the access matrix sees."""

from collections.abc import Iterator
from typing import Any

from csp.utils import build_policy

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PRESENT = ("X-Request-ID", "Permissions-Policy")
#: Whose policy differs, and why.
OTHER_POLICY = {
    "/cms/": "Wagtail's screens hold inline scripts and styles without a nonce",
    "/mailbox/": "the frame of a demo's mail: sandboxed, nothing runs, a mail's own inline styles show",
}
#: The same for everybody, whoever asks.
PUBLIC = ("/robots.txt", "/news/feed/", "/en/news/feed/", "/favicon.ico", "/sitemap.xml", "/images/", "/static/")
LOOSE = ("'unsafe-inline'", "'unsafe-eval'", "http:", "https:", " *;", " * ")


def header_faults(answer: Any, path: str, *, signed_in: bool) -> Iterator[str]:
    """What is missing or wrong, in words."""
    headers = answer.headers
    for name, value in ALWAYS.items():
        if headers.get(name) != value:
            yield f"{path}: {name} is {headers.get(name)!r}"
    yield from (f"{path}: no {name}" for name in PRESENT if name not in headers)
    if "X-Frame-Options" not in headers and "Cross-Origin-Opener-Policy" not in headers:
        yield f"{path}: neither X-Frame-Options nor Cross-Origin-Opener-Policy"
    kind = headers.get("Content-Type", "")
    if kind.startswith("text/") and "charset=utf-8" not in kind.lower().replace('"', ""):
        yield f"{path}: {kind!r} does not say its charset"
    if kind.startswith("text/html"):
        yield from _page_faults(headers, path)
    kept = {word.strip() for word in headers.get("Cache-Control", "").split(",")}
    if signed_in and not kept & {"no-store", "private"} and not path.startswith(PUBLIC):
        yield f"{path}: may be kept for others: Cache-Control {headers.get('Cache-Control')!r}"
    if signed_in and kind.startswith("text/html") and "no-store" not in kept:
        yield f"{path}: a signed-in page may be kept: {headers.get('Cache-Control')!r}"


def _page_faults(headers: Any, path: str) -> Iterator[str]:
    vary = {word.strip().lower() for word in headers.get("Vary", "").split(",")}
    if "cookie" not in vary:
        yield f"{path}: Vary is {headers.get('Vary')!r}"
    policy = headers.get("Content-Security-Policy", "")
    if path.startswith(tuple(OTHER_POLICY)) and policy:
        return
    if policy != build_policy():
        yield f"{path}: another content policy: {policy!r}"
    yield from (f"{path}: the content policy has {word}" for word in LOOSE if word in script_part(policy))


def script_part(policy: str) -> str:
    """The parts of a policy that say what may run or show; `form-action` names hosts."""
    return "; ".join(part for part in policy.split("; ") if not part.startswith("form-action"))
