"""Is a folder on a disk of this PC? A ledger is never opened on a share or a stick (WAL needs one host)."""

import sys
from pathlib import Path, PurePath

from desktop.rules.errors import KnownFault

NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "afs", "ncpfs", "davfs", "glusterfs", "ceph"}
    | {"fuse.sshfs", "fuse.davfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.glusterfs"}
)
REMOVABLE_ROOTS = ("/media/", "/run/media/", "/mnt/usb")
_WINDOWS_REMOVABLE, _WINDOWS_REMOTE = 2, 4


def require_local(folder: Path) -> None:
    """Refuse a ledger on a network or removable drive, and say what to do instead."""
    kind = kind_of(folder)
    if kind == "network":
        raise KnownFault(
            f"台账不能放在网络位置使用：{folder}。没有打开，也没有改动。",
            "请先把整个台账文件夹复制到本机硬盘，再打开。",
        )
    if kind == "removable":
        raise KnownFault(
            f"台账不能直接在U盘或移动硬盘上使用：{folder}。没有打开，也没有改动。",
            "请先把整个台账文件夹复制到本机硬盘，再打开。",
        )


def kind_of(folder: Path) -> str:
    """``local``, ``network`` or ``removable`` for the drive a folder lies on."""
    if is_share(str(folder)):
        return "network"
    if sys.platform == "win32":
        return _windows_kind(folder)
    mounts = Path("/proc/self/mountinfo")
    if not mounts.exists():
        return "local"
    return kind_by_mounts(_real(folder), mounts.read_text(encoding="utf-8", errors="replace"), Path("/sys/dev/block"))


def is_share(path: str) -> bool:
    r"""True for UNC paths and addresses of shares: ``\\server\share``, ``//server/share``, ``smb://…``."""
    # The long form of a local Windows path, \\?\C:\…, begins like a share.
    if path.startswith(("\\\\?\\", "\\\\.\\")):
        return path[4:].upper().startswith("UNC\\")
    return path.startswith(("\\\\", "//", "smb:", "nfs:", "dav:"))


def kind_by_mounts(folder: PurePath, mountinfo: str, devices: Path) -> str:
    """The same from the text of ``/proc/self/mountinfo`` and the folder of block devices."""
    best, found = "", ("", "")
    for line in mountinfo.splitlines():
        head, _, tail = line.partition(" - ")
        parts = head.split()
        if len(parts) < 5 or not tail:
            continue
        point = _unescape(parts[4])
        if len(point) >= len(best) and (str(folder) + "/").startswith(point.rstrip("/") + "/"):
            best, found = point, (tail.split()[0], parts[2])
    kind, device = found
    if kind in NETWORK_TYPES:
        return "network"
    return "removable" if best.startswith(REMOVABLE_ROOTS) or _is_removable(devices, device) else "local"


def removable_roots() -> tuple[Path, ...]:
    """The top folders of the sticks and portable disks that are plugged in now."""
    if sys.platform == "win32":
        letters = (Path(f"{letter}:\\") for letter in "DEFGHIJKLMNOPQRSTUVWXYZABC")
        return tuple(root for root in letters if _windows_kind(root) == "removable" and root.exists())
    mounts = Path("/proc/self/mountinfo")
    if not mounts.exists():
        return ()
    return roots_by_mounts(mounts.read_text(encoding="utf-8", errors="replace"), Path("/sys/dev/block"))


def roots_by_mounts(mountinfo: str, devices: Path) -> tuple[Path, ...]:
    """The same from the text of ``/proc/self/mountinfo`` and the folder of block devices."""
    found = []
    for line in mountinfo.splitlines():
        head, _, tail = line.partition(" - ")
        parts = head.split()
        if len(parts) < 5 or not tail or tail.split()[0] in NETWORK_TYPES:
            continue
        point = _unescape(parts[4])
        if point.startswith(REMOVABLE_ROOTS) or _is_removable(devices, parts[2]):
            found.append(Path(point))
    return tuple(dict.fromkeys(found))


def _unescape(point: str) -> str:
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, char)
    return point


def _is_removable(devices: Path, device: str) -> bool:
    for name in ("removable", "../removable"):
        flag = devices / device / name
        if device and flag.exists():
            return flag.read_text(encoding="ascii", errors="replace").strip() == "1"
    return False


def _real(folder: Path) -> Path:
    try:
        return folder.resolve()
    except OSError:
        return folder.absolute()


def _windows_kind(folder: Path) -> str:
    import ctypes

    drive = folder.resolve().anchor
    kind = ctypes.windll.kernel32.GetDriveTypeW(drive)  # type: ignore[attr-defined,unused-ignore]
    return {_WINDOWS_REMOVABLE: "removable", _WINDOWS_REMOTE: "network"}.get(kind, "local")
