"""What others may read of people, each by its concern."""
