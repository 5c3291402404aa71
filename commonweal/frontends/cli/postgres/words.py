"""What PostgreSQL said, cut down to what matters."""


def gravest(words: str) -> str:
    """The part of a log or an error that says why: the last fatal line, else the first line."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    grave = [line for line in lines if "FATAL:" in line or "PANIC:" in line]
    chosen = grave[-1] if grave else (lines or ["it said nothing"])[0]
    for sign in ("FATAL:", "PANIC:", "failed:"):
        chosen = chosen.rpartition(sign)[2].strip()
    return chosen
