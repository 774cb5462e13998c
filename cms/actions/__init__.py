"""Every write on the site that is not an editor's own saving: hours, taking down, imports, counts."""
