"""How each type of question is answered: one module per family of types, all of them listed in `registry`."""
