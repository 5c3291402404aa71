"""People's rights over their data: what is held, and who opened it, for the person and for the officer.

Owns no data of its own yet: it reads the trace and the registry. Stands above everything it answers for.
"""
