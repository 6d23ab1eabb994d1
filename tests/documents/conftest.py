"""The free font set, the same on every machine: built once into the user's cache, loaded once for all tests."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

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


@pytest.fixture(scope="session")
def factory() -> ModuleType:
    """The invented ledgers of factory.py, which lies beside the tests and in no package."""
    return _beside("factory")


@pytest.fixture(scope="session")
def printed() -> ModuleType:
    """The reader of printed pages, printed.py."""
    return _beside("printed")


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"paper_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
