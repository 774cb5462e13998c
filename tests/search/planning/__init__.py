"""The planner without any engine."""
