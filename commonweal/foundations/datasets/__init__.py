"""Other databases of a body, declared as fideslang datasets: what they hold about a person, and its erasure.

Needs nothing of the rest at run time: no web site, no database of our own.
"""
