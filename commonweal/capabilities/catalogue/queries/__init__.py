"""What others may read of the declared services, and the types of a declaration."""
