"""Papers: what they show, their numbers, templates and bundles, what is kept of them."""
