"""Keys by which programs read, and what every address of the interface for programs shares."""
