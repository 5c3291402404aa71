"""Who someone is and what they may do, each by its concern."""
