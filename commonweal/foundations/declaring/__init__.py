"""Texts that declare something: YAML that remembers its lines, and faults that name file, line and field."""
