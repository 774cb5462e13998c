"""Pages of signing in, of people, of schools and of the office."""
