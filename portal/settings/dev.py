"""The quick start and a developer's own machine: plain http on *.localhost, mail into the demo mailbox."""

from portal.settings.base import *

DEMO_MAILBOX = True
EMAIL_BACKEND = "portal.mailbox.backend.MailboxBackend"
