"""Events: what happened, told to capabilities above through an outbox, in order for each subject, exactly once each."""
