"""Search: the planner, both engines, who finds what, and how well."""
