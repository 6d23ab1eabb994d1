"""督办: what is chased, and what is suggested."""
