"""Conditions and amounts in CEL, the Common Expression Language: checked with their types when they are declared."""
