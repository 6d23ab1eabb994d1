"""One function for each thing a clerk does: check the rules, append ops in one transaction, say what changed."""
