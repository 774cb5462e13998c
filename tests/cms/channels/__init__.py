"""G29: pages that are not public, of every kind, and the channels in which they might show."""
