"""Text that people typed, as it is stored."""
