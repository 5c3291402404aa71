"""How pages look: the Jinja environment, layouts, components, colours and security headers.

It knows no capability and no HTTP: front ends give it values and get text.
"""
