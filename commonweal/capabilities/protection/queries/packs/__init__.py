"""A copy of what is held about somebody, from the search to the pack: what the desk, and whoever asked, read of it."""
