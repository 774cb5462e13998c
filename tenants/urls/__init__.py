"""Addresses of people and schools, by host."""
