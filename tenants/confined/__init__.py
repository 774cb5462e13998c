"""The one way to open a hostile file: in a process of its own, under limits, with its answer cut to size. No Django."""
