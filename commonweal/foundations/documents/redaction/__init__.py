"""Remove words from text and PDF by rebuilding both, never by an overlay, and search the result for them."""
