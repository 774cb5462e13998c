"""Addresses of the search, on each host."""
