"""Search: one planner, two engines, one door that knows who may read what."""
