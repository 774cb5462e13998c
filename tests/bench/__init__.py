"""`make bench`: ratios measured in one run, beside their targets."""
