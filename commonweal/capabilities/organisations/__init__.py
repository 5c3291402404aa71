"""Public bodies: who they are, which powers they have, in which nation, and their teams.

Owns the register of authorities and each body's teams. Does not own who works there (identity) or what is offered
(catalogue).
"""
