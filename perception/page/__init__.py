"""A page before it is understood: upright, read, set straight, and how good it is."""
