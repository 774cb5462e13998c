"""How the portal starts, stops and is kept: the quick start's launcher, its PostgreSQL, and the checks a clone runs on itself.

Everything a person needs before `.venv` exists uses the Python standard library only.
"""
