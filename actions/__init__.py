"""The conversation's verbs, and the one place where the rooms meet (``case_flow``)."""
