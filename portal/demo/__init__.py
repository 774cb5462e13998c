"""Demo content: an invented association with invented schools and people, on real figures with their attribution."""
