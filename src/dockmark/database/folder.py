"""Is a folder fit to hold a ledger? SQLite's locks and syncs cannot be trusted on a network share."""

import subprocess
import sys
from pathlib import Path

from dockmark.record.refusal import Refusal, Refused

_REMOTE = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "9p", "ncpfs", "afs", "ceph"})
_REMOTE_FUSE = ("fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.davfs")


def refuse_network_share(folder: Path) -> None:
    """Raises a refusal where the folder, or the one that it will be made in, lies on a network share."""
    if is_remote(folder):
        raise Refusal(Refused.NETWORK_SHARE, folder=str(folder))


def is_remote(folder: Path) -> bool:
    """True where the folder lies on a network share, as far as this system tells."""
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    if sys.platform == "win32":
        return _remote_on_windows(place)
    if sys.platform == "darwin":
        return _remote_by_mounts(place.resolve(), _mounts_on_macos())
    return _remote_by_mounts(place.resolve(), _mounts_on_linux())


def _remote_by_mounts(place: Path, mounts: list[tuple[str, str]]) -> bool:
    best, kind = "", ""
    for point, filesystem in mounts:
        inside = str(place) == point or str(place).startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, filesystem
    return kind in _REMOTE or kind.startswith(_REMOTE_FUSE)


def _mounts_on_linux() -> list[tuple[str, str]]:
    try:
        lines = Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    parts = [line.split(" ") for line in lines]
    return [(_unescaped(part[1]), part[2]) for part in parts if len(part) > 2]


def _unescaped(point: str) -> str:
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, letter)
    return point


def _mounts_on_macos() -> list[tuple[str, str]]:
    answer = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False)
    found = []
    for line in answer.stdout.splitlines():
        head, _, tail = line.rpartition(" (")
        found.append((head.partition(" on ")[2], tail.split(",")[0].rstrip(")")))
    return found


def _remote_on_windows(place: Path) -> bool:
    if str(place).startswith("\\\\"):
        return True
    if sys.platform != "win32":
        return False
    import ctypes

    drive_remote = 4
    return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{place.drive}\\") == drive_remote)
