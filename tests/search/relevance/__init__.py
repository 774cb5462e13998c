"""How well things are found: a judged set of our own (README.md tells how it was judged)."""
