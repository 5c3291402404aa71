"""What things cost, each beside its floor measured in the same run. Never an assertion on seconds."""
