"""The audit log: what was changed, by whom, where; ids, codes and names of fields, never a person's data."""
