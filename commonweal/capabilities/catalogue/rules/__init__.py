"""How a declaration is read and checked. Pure."""
