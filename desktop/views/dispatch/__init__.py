"""调度: the grid of the month, its rounds and the forms that go out and come in."""
