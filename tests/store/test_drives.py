"""Where a ledger may lie: on a disk of this PC, never on a share or a stick."""

from pathlib import Path, PurePosixPath

import pytest

from desktop.rules.errors import KnownFault
from desktop.store import drives
from desktop.store.drives import is_share, kind_by_mounts
from desktop.store.ledger import Ledger, create, open_ledger
from tests.store.support import folder_print

MOUNTS = r"""22 28 0:21 / /proc rw,nosuid shared:14 - proc proc rw
28 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
30 28 8:3 / /people rw,relatime shared:5 - ext4 /dev/sda3 rw
41 28 8:17 / /media/zhang/U\040盘 rw,nosuid,nodev - vfat /dev/sdb1 rw
42 28 8:33 / /run/media/zhang/数据 rw,nosuid - ntfs3 /dev/sdc1 rw
43 28 8:49 / /data rw,relatime - exfat /dev/sdd1 rw
50 28 0:44 / /people/zhang/share rw - cifs //server/share rw,vers=3.0
51 28 0:45 / /srv/office rw - autofs /etc/auto rw
52 51 0:46 / /srv/office rw - nfs4 server:/office rw
53 30 0:47 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
54 30 8:3 / /people/zhang/share/local rw - ext4 /dev/sda3 rw
a line of another kernel
60 28 0:48 /a /mnt/with\011tab\134slash rw - ext4 /dev/sda2 rw
"""


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    """A folder of block devices as the kernel shows it: partitions are links into their disk's folder."""
    for disk, partition, removable in (("sda", "8:2", "0"), ("sda", "8:3", "0"), ("sdd", "8:49", "1")):
        folder = tmp_path / "devices" / disk
        (folder / partition).mkdir(parents=True)
        (folder / "removable").write_text(removable + "\n", encoding="ascii")
        (tmp_path / partition).symlink_to(folder / partition)
    return tmp_path


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/people/zhang/台账", "local"),
        ("/opt/台账", "local"),
        ("/", "local"),
        ("/people", "local"),
        ("/peopleswork/台账", "local"),
        ("/media/zhang/台账", "local"),
        ("/media/zhang/U 盘/台账", "removable"),
        ("/media/zhang/U 盘", "removable"),
        ("/run/media/zhang/数据/台账", "removable"),
        ("/data/台账", "removable"),
        ("/people/zhang/share/台账", "network"),
        ("/people/zhang/shared/台账", "local"),
        ("/people/zhang/share/local/台账", "local"),
        ("/srv/office/台账", "network"),
        ("/run/user/1000/gvfs/smb-share:server=s,share=d/台账", "network"),
        ("/mnt/with\ttab\\slash/台账", "local"),
    ],
)
def test_the_mount_table_tells_the_kind_of_a_folder(devices: Path, folder: str, kind: str) -> None:
    assert kind_by_mounts(PurePosixPath(folder), MOUNTS, devices) == kind


def test_an_empty_mount_table_says_local(devices: Path) -> None:
    assert kind_by_mounts(PurePosixPath("/people/zhang"), "", devices) == "local"


@pytest.mark.parametrize(
    ("path", "share"),
    [
        (r"\\server\share\台账", True),
        ("//server/share/台账", True),
        (r"\\?\UNC\server\share\台账", True),
        ("smb:/server/台账", True),
        (r"\\?\C:\台账", False),
        (r"C:\台账", False),
        ("/people/zhang/台账", False),
        ("台账", False),
    ],
)
def test_a_share_is_known_by_its_address(path: str, share: bool) -> None:
    assert is_share(path) is share


@pytest.mark.parametrize(("kind", "word"), [("network", "网络位置"), ("removable", "U盘")])
def test_a_ledger_there_is_refused_with_a_remedy_and_left_alone(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str, word: str
) -> None:
    ledger.close()
    before = folder_print(folder)
    monkeypatch.setattr(drives, "kind_of", lambda path: kind)
    for action in (lambda: open_ledger(folder), lambda: open_ledger(folder, write=False), lambda: create(folder / "a")):
        with pytest.raises(KnownFault, match=word) as fault:
            action()
        assert "没有打开，也没有改动" in fault.value.sentence
        assert "复制到本机硬盘" in fault.value.remedy
    assert folder_print(folder) == before


def test_a_ledger_on_this_disk_opens(ledger: Ledger) -> None:
    assert drives.kind_of(ledger.folder) == "local"
    assert ledger.writable


def test_a_share_given_as_unc_path_is_refused_on_every_system() -> None:
    with pytest.raises(KnownFault, match="网络位置"):
        drives.require_local(Path("//server/share/台账"))
