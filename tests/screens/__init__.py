"""Pictures of the window at work, for the README and for eyes that judge it."""
