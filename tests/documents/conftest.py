"""The free font set, the same on every machine: built once into the user's cache, loaded once for all tests."""

import pytest

from desktop.documents.font_build import build_missing
from desktop.documents.fonts import FontSet, load_fonts
from desktop.rules.errors import KnownFault


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    """The free set only; a machine without it fails with the sentence that says how to get it."""
    try:
        build_missing()
    except KnownFault as fault:
        pytest.fail(str(fault), pytrace=False)
    return load_fonts(free_only=True)
