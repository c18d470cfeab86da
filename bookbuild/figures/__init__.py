"""Build the interactive figures' scripts, and start new figures."""
