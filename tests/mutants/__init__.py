"""Planted faults: each a small patch with the tests that must catch it. `make mutants` plants them one by one."""
