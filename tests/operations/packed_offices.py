"""A hub and a unit that know each other, a month that is ready to go up, and their folders to be put back each time."""

import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.operations.ledgers import open_to_write
from desktop.rules.records import UnitRole
from desktop.store.writer import writing
from tests.scenarios.exchange_clerks import TODAY, Office, acquaint, found

PHOTOS = 2


@dataclass
class Offices:
    """Two offices whose ledgers are closed, the stick between them and the unit's package on it."""

    base: Path
    hub: Office
    town: Office
    report: Path

    @property
    def stick(self) -> Path:
        """The folder that packages go to."""
        return self.base / "U盘"

    @classmethod
    def found(cls, base: Path, photo_bytes: int = 1_200_000) -> "Offices":
        """Make both, with the task taken in below and the month ready to go up."""
        hub, town = found(base, "江澜区整改办", "王敏"), found(base, "云陂镇", "李强")
        stick = base / "U盘"
        with writing(hub.ledger, hub.clerk, TODAY) as writer:
            unit = writer.new("unit", {"name": "云陂镇", "rank": 1})
            problem = writer.new("problem", {"number": 5, "text": "堆场扬尘"})
            writer.new("measure", {"problem": problem, "number": 1, "text": "拆除堆场"}, scope=problem)
            role = {"problem": problem, "unit": unit, "role": str(UnitRole.RESPONSIBLE), "position": 0, "active": True}
            writer.put("problem_unit", role, row="0c" * 16, scope=problem)
        acquaint(hub, town, stick)
        town.take(hub.send_to(town, stick).files[0])
        town.report("已拆除3处", 60)
        town.report("已拆除5处", 100, month="2026-10")
        for number in range(PHOTOS):
            photo = base / f"照片{number}.jpg"
            photo.write_bytes(b"\xff\xd8\xff" + os.urandom(photo_bytes))
            town.prove(photo)
        for office in (hub, town):
            office.ledger.close()
            shutil.copytree(office.ledger.folder, base / "clean" / office.ledger.folder.name)
        shutil.rmtree(stick)
        made = cls(base, hub, town, base / "整改_上报.zgbx")
        made.put_back()
        with open_to_write(town.ledger.folder) as ledger:
            sent = replace(town, ledger=ledger).send_to(hub, base / "clean", secret=True)
        Path(sent.files[0]).rename(made.report)
        return made

    def put_back(self) -> None:
        """Both ledgers as they were, and an empty stick."""
        shutil.rmtree(self.stick, ignore_errors=True)
        self.stick.mkdir()
        for office in (self.hub, self.town):
            shutil.rmtree(office.ledger.folder, ignore_errors=True)
            shutil.copytree(self.base / "clean" / office.ledger.folder.name, office.ledger.folder)
