"""No text that one person types runs in another's browser."""
