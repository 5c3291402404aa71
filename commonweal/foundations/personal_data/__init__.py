"""Personal data: declared beside the field, sealed under the person's key, opened for a purpose, traced, forgotten."""
