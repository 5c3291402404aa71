"""What people ask about openings, and what the officer decides."""
