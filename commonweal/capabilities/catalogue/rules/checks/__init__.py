"""What must hold between the parts of a declaration, one module for each concern."""
