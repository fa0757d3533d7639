"""The subcommands of ``bailing``, one module each."""
