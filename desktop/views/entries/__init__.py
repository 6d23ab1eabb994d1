"""The dialogs that hold the entry forms, and what opens each of them."""
