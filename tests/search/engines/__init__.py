"""What both engines promise."""
