"""One application, for whoever it is of: where it stands, what we need, what was decided and how to challenge it."""
