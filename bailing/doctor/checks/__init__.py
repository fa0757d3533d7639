"""The checks: every module here is read, and each function marked ``@check`` is one of them."""
