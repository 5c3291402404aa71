"""Accounts, roles and training: who may act, where, and whether they have passed what they must.

Owns sign-in accounts, memberships of staff in organisations and data protection training. Does not own the records an
organisation keeps about a person (people).
"""
