"""From a file's bytes to pages: what it is, whether it is whole, and its pictures or text."""
