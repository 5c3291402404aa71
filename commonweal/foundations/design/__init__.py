"""How pages look: the Jinja environment, the layouts, the parts a page is made of, colours and security headers.

It knows no capability and speaks no HTTP: front ends hand it values and get text.
"""
