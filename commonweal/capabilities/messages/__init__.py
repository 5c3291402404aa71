"""What an organisation tells people: written once, sent at most once by itself, kept with the case.

Owns messages and their delivery. Does not decide when to write (cases and others do, by calling `write`).
"""
