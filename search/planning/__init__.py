"""From what a person typed to a plan: pure Python, no database, no engine."""
