"""What others may read of drafts and submissions. Answers open only within a reading."""
