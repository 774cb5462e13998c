"""How the portal starts, stops and is kept: the quick start's launcher, its PostgreSQL, and the checks of a clone.

Everything a person needs before `.venv` exists uses the Python standard library only.
"""
