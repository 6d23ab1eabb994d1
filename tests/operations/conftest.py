"""The sample ledger, made once for all tests that only look at it."""

from pathlib import Path

import pytest

from desktop.operations.sample.make import make_sample


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sample ledger; open it to read only."""
    return make_sample(tmp_path_factory.mktemp("sample") / "ledger")
