"""Makers of rows for tests: each through the real action where there is one."""
