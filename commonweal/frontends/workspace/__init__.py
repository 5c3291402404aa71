"""What staff see: the worklist of their teams, a case in full, and the trace for the data protection officer."""
