"""Layouts of papers: each module draws one kind, flat and clean, as it comes from the printer."""
