"""Files that are made to hurt: none does."""
