"""Half a year in the life of the demonstration's councils: one seeded course of events, each by its real action."""
