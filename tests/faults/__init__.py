"""What breaks, breaks here on purpose: processes are killed, the database goes away, messages come twice."""
