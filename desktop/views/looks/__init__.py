"""How the window looks: theme, icons, empty states."""
