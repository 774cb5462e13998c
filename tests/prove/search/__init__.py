"""The search in earnest: the real server stopped and started, workers killed, many changes at once."""
