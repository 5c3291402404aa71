"""People's rights over their data: what is held, and who opened it, for the person and for the officer.

Owns the officer's decisions about openings (what is withheld, who it was) and the questions people ask. Reads the trace
and the registry. Stands above everything it answers for.
"""
