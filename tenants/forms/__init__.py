"""Forms of signing in, of people and of schools."""
