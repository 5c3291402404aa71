"""What happened before a test begins, told with the cast: for the tests of a capability and of its pages alike."""
