"""Bailing's shell, settings and supervision, and the words that all rooms share."""
