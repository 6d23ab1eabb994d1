"""设置: the office, backup and health, fonts, the look."""
