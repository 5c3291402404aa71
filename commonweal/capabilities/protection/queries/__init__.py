"""What the trace says, to the person whose data was opened and to the data protection officer."""
