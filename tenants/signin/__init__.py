"""Signing in and the way from there to a school's host."""
