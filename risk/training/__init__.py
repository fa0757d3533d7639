"""Training of the risk room's models: scripts that anyone can run again."""
