"""The reader of docx files, reading.py, which lies beside the tests and in no package."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def reading() -> ModuleType:
    """What a docx holds."""
    spec = importlib.util.spec_from_file_location("word_reading", Path(__file__).with_name("reading.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
