"""The people an organisation keeps a record of: how to address and reach them, and how staff find them.

Owns a person's name and contact points in one organisation. Does not own sign-in (identity) or what they asked for
(forms, cases). A record is tied to an account only when the account holder made it or claimed it with its secret.
"""
