"""Getting a fresh machine ready with nothing but Python's own library: what `make` calls first."""
