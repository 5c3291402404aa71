"""Who acts, in which organisation: a transaction with the organisation set in it, held by row-level security."""
