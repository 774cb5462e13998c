"""The one way a paper comes out: PDF from a template and plain facts, with the project's own fonts."""
