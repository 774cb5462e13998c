"""The demo mailbox: every mail of a demo is kept as a row and shown on a page instead of being sent."""
