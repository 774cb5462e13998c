"""Bringing in the articles of an old site: reading exports, cleaning their HTML, checking, writing."""
