"""Files people give or get: examined by content, sealed in chunks under a key of their own, read only when traced."""
