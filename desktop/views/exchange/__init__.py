"""交换: packages on sticks, whom they come from, what to decide."""
