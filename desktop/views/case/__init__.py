"""一问一档: one problem on one page."""
