"""What others may read of cases."""
