"""Journeys through the running product in a real browser; every page on the way is checked for accessibility."""
