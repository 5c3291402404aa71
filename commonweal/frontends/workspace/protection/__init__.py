"""The data protection officer's pages: the trace, questions about it, what is withheld, prompts, and staff."""
