"""A real association: https only, mails through the job worker, logs for machines."""

import os

os.environ.setdefault("SCHEME", "https")
os.environ.setdefault("PORT", "443")
os.environ.setdefault("LOG_FORMAT", "json")
os.environ.setdefault("LOG_REQUESTS", "INFO")

from portal.settings.base import *

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# One reverse proxy stands in front (deploy/caddy, deploy/nginx) and writes X-Forwarded-For anew.
PROXY_COUNT = int(os.environ.get("PROXY_COUNT", "1"))
DEMO_MAILBOX = False
EMAIL_BACKEND = "portal.queued_mail.QueueBackend"
