"""How long a refusal takes tells nothing."""
