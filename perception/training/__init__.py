"""Training of the perception room's models: scripts that anyone can run again."""
