"""Every change to a form: filling in a draft, and submitting it."""
