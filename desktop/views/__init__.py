"""The window: pages, table models, preview, the runner of long work."""
