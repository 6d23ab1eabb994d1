"""Field widgets of our own: ``value()`` and ``set_value()`` for the kept state, ``changed``, ``fault()`` in words."""
