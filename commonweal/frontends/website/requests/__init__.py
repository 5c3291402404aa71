"""Requests about one's information: asked with and without an account, and followed until they are answered."""
