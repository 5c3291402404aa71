"""Every change to what an organisation knows of people."""
