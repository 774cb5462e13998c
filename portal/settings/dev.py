"""The quick start and a developer's own machine: plain http on *.localhost, mail into the demo mailbox."""

from portal.settings.base import *

DEMO_MAILBOX = True
# The demo's accounts are for trying things out: nobody must use the second step, and the sign-in page says so.
SECOND_STEP_REQUIRED_FOR = ()
# As in earnest: mails are jobs, the worker brings them into the demo mailbox.
EMAIL_BACKEND = "portal.queued_mail.QueueBackend"
MAIL_BACKEND = "portal.mailbox.backend.MailboxBackend"
# A demo's robots speak into the demo mailbox, nowhere else.
ROBOT_DOOR = "portal.mailbox.robots.keep"
