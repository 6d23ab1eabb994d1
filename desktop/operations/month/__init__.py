"""The month: its round, the forms that go out and come in, what is frozen."""
