"""文书: choosing a paper, its style, numbers, archive and bundles."""
