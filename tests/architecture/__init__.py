"""The house's own rules, kept by tests: each rule with good and bad lines."""
