"""Every change to a case: opening it from a submission, and dealing with it."""
