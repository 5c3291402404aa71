"""Write any number of rows to CSV and JSON files, each with its hash."""
