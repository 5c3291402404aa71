"""Canaries: names that nobody has are sent through the product, and looked for wherever they must not be."""
