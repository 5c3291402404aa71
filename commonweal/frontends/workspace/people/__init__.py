"""What concerns a person beyond one case: how colleagues keep safe who meet them, and that they have died."""
