"""What rooms and pages declare, and who finds it."""
