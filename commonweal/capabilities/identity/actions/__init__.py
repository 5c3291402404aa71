"""Every change to who may act, each by its concern."""
