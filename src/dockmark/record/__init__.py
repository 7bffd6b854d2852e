"""The event envelope: identities, clock, canonical bytes, and the words in which a rule says no. Pure."""
