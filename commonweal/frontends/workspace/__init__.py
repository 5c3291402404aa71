"""What staff work at."""
