"""Background work: the dispatcher of events, standing loops, and the worker that runs them beside procrastinate."""
