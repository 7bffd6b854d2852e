"""Words about looking after a ledger: backups, what is put back from them, and disks that do not do as they should."""

from typing import Final

from dockmark.wording.catalogue import noun
from dockmark.wording.lines import Saying, line, saying

REFUSALS: Final[dict[str, Saying]] = {
    "backup_spoilt": saying(
        line("{file} is not a backup of Dockmark.", when={"why": "not_a_backup"}),
        line("{file} was cut off: it does not open.", when={"why": "cut_off"}),
        line("{file} holds “{member}”, whose path leads out of the folder.", when={"why": "path"}),
        line("{file} holds “{member}”, which is a link.", when={"why": "link"}),
        line("{file} holds “{member}”, which does not belong into a backup.", when={"why": "foreign"}),
        line("{file} holds “{member}” twice.", when={"why": "twice"}),
        line("“{member}” is missing in {file}.", when={"why": "missing"}),
        line("“{member}” in {file} is not as large as the backup says.", when={"why": "size"}),
        line("“{member}” in {file} is not what was backed up.", when={"why": "content"}),
        line("The ledger in {file} has a trigger or view that is not ours: “{member}”.", when={"why": "triggers"}),
        line("The ledger in {file} lacks the guard “{member}”.", when={"why": "unguarded"}),
        line("The ledger in {file} is not sound: {member}.", when={"why": "not_sound"}),
        line("{file} is no backup that can be used: {why}."),
        line("This backup cannot be used."),
        then=noun("Nothing was changed. Take another backup: dockmark backup list."),
    ),
    "backup_not_sound": saying(
        line("Somebody changed the triggers that guard the ledger, so no backup of it counts.",
             when={"fault": "triggers"}),
        line("The ledger is not sound at event {seq} of {station} ({fault}), so no backup of it counts."),
        line("The ledger is not sound ({fault}), so no backup of it counts."),
        line("The ledger is not sound, so no backup of it counts."),
        then=noun("Keep the earlier backups, and run dockmark verify."),
    ),
    "backup_elsewhere": saying(
        line("This ledger is kept in the database {database}, which this station cannot back up."),
        line("This ledger is kept in a database, which this station cannot back up."),
        then=noun("Let whoever looks after the database back it up with pg_basebackup or pg_dump,"
                  " or keep what is known here in a file: dockmark export events."),
    ),
    "no_backup": saying(
        line("There is no backup in {folder}."), line("There is no backup."),
        then=noun("Make one: dockmark backup."),
    ),
    "disk_fault": saying(
        line("The disk did not take it: {detail}. This was not recorded; everything before it is kept."),
        line("The disk did not take it. This was not recorded; everything before it is kept."),
        then=noun("Check the disk and its limits, then scan it again."),
    ),
    "disk_read_only": saying(
        line("The disk can only be read: {folder}."), line("The disk can only be read. Nothing can be recorded on it."),
        then=noun("Let somebody who looks after this computer make it writable, then try again."),
    ),
}  # fmt: skip

FLOOD: Final = {
    "backup_spoilt": noun("BAD BACKUP"),
    "backup_not_sound": noun("NOT SOUND"),
    "backup_elsewhere": noun("NOT HERE"),
    "no_backup": noun("NO BACKUP"),
    "disk_fault": noun("DISK FAULT"),
    "disk_read_only": noun("READ ONLY"),
}
"""The one word of each that is read at three metres."""
