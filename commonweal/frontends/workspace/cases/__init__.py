"""Cases as their team sees them: the worklist, the search, a case in full, and closing it."""
