"""Packages on sticks: whom they come from, what is sent, taken in, kept aside, and what to decide."""
