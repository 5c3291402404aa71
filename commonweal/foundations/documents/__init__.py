"""Letters as tagged PDF: made from data by a fixed template, the same bytes for the same letter, on any machine."""
