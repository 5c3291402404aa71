"""The command line: what an operator or a developer types. It starts things and explains what stands in the way."""
