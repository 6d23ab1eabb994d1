"""Field widgets of our own: each has ``value()``, ``set_value()`` for the kept state, ``changed``, and a fault in words."""
