"""Conditions and amounts in CEL, the Common Expression Language: checked with types when declared, safe, terminating."""
