"""`@action` changes state and leaves an audit record; `@query` reads within a scope."""
