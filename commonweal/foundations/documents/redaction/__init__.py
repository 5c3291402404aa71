"""Words are taken out of text and PDF by making both anew, never by an overlay, and are looked for again."""
