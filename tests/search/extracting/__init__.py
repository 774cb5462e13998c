"""Words of files."""
