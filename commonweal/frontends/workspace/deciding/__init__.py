"""Deciding a case and what follows: asking the applicant, letters, opening it again, publishing what was decided."""
