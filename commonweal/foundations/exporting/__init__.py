"""Rows of tables as files that people and programs read: CSV and JSON, each with its hash, however many there are."""
