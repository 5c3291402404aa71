"""Random codes that people write down and read out, with a check character that finds what was mistyped."""
