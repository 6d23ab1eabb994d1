"""The evidence checklists of the office: shown as they hold now, and kept in its own folder when changed."""

from collections.abc import Sequence
from pathlib import Path

from desktop import paths
from desktop.operations.files import write_whole
from desktop.operations.profile import region_of
from desktop.rules.checklist_rows import as_toml
from desktop.rules.checklists import ChecklistItem
from desktop.rules.errors import Refused
from desktop.rules.records import Changes
from desktop.store.ledger import Ledger

FILE = "佐证材料清单.toml"


def list_checklists(ledger: Ledger) -> tuple[ChecklistItem, ...]:
    """All items that hold now, type by type."""
    return region_of(ledger).checklists


def own_file() -> Path | None:
    """Where the office's lists are kept; None where the program was started without a data folder."""
    own = paths.own_folder()
    return own / "checklists" / FILE if own else None


def save_checklists(ledger: Ledger, items: Sequence[ChecklistItem]) -> Changes:
    """Keep lists as the office's own; a type in them takes the place of the shipped one from now on.

    Types that are left out are those of the program again. Refused without an item or without a data folder.
    """
    file = own_file()
    if file is None:
        raise Refused("没有数据文件夹，不能保存单位自己的清单；请从程序正常启动后再试。", "own_folder")
    if not items:
        raise Refused("清单是空的，没有保存。", "checklist_empty")
    write_whole(file, as_toml(items).encode("utf-8"))
    region_of(ledger)  # read back at once: what was written must be readable
    kinds = len({item.problem_type for item in items})
    needed = sum(item.required for item in items)
    return Changes(f"已保存{kinds}类问题的佐证材料清单，共{len(items)}项，其中必需{needed}项。")
