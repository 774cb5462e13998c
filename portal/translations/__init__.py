"""Catalogues of the interface's words, read, extracted, checked and compiled without gettext's programs."""
