"""Pages as pictures on the screen, and their way to the printer."""
