"""The tables of the window: columns, models, filters, what is marked in them."""
