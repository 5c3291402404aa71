"""The pages a resident meets in a service, from its declaration: for the website that keeps what they say, and for the
designer's preview that keeps nothing.
"""
