"""The two ways in: `@action` changes state and leaves its audit record, `@query` reads within a scope."""
