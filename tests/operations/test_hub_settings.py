"""What a hub writes into default.toml is what the program of its units reads."""

from pathlib import Path

import pytest

from desktop.first_settings import read_first_settings
from desktop.operations.hub_settings import write_hub_settings
from desktop.operations.ledgers import new_ledger
from desktop.operations.packages.identities import make_own_keys
from desktop.rules.errors import Refused
from tests.scenarios.exchange_clerks import PASSPHRASE, TODAY


@pytest.mark.parametrize("name", ["江澜区整改办", '江澜区"整改\\专班"办公室'])
def test_the_units_program_reads_what_the_hub_wrote(tmp_path: Path, name: str) -> None:
    with new_ledger(tmp_path / "台账", name, TODAY) as ledger:
        file = tmp_path / "default.toml"
        with pytest.raises(Refused, match="还没有建立交换身份"):
            write_hub_settings(ledger, file)
        assert not file.exists()
        keys = make_own_keys(ledger, PASSPHRASE, TODAY).public
        write_hub_settings(ledger, file)
    read = read_first_settings(file)
    assert read.faults == ()
    assert read.values["hub_name"] == name
    assert read.values["hub_digits"] == keys.digits
    assert (read.values["district"], read.values["region"]) == ("江澜区", "hengyang")
