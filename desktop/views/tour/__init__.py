"""The pictures of the window for the guided tour and the manual."""
