"""Two engines behind one form: PostgreSQL, always there, and Elasticsearch, where a site has outgrown it."""
