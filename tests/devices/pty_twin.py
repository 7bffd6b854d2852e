"""A serial scanner on a pseudo terminal: what it sends comes by a real terminal line, and it can be pulled out."""

import os
import termios
import threading
import tty
from pathlib import Path


class PtyScanner:
    """Plugged in at a link that stays the same, as the names under `/dev/serial/by-id` do."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self._master = -1
        self.plug_in()

    def plug_in(self) -> None:
        """A new line behind the old name."""
        self._master, slave = os.openpty()
        tty.setraw(slave)
        name = os.ttyname(slave)
        os.close(slave)
        beside = self.link.with_name(self.link.name + ".new")
        beside.symlink_to(name)
        beside.replace(self.link)

    def unplug(self, *, node_vanishes: bool = True) -> None:
        """The line breaks; the name goes with it, unless the system is slow to notice."""
        if node_vanishes:
            self.link.unlink(missing_ok=True)
        os.close(self._master)
        self._master = -1

    def send(self, raw: bytes) -> None:
        """Send these bytes, all of them, however slowly they are read."""
        left = memoryview(raw)
        while left:
            left = left[os.write(self._master, left) :]

    def send_aside(self, raw: bytes) -> threading.Thread:
        """Send while the test looks on."""
        thread = threading.Thread(target=self.send, args=(raw,), daemon=True)
        thread.start()
        return thread

    @property
    def baud(self) -> int:
        """The speed that whoever opened the line has set."""
        return termios.tcgetattr(self._master)[5]

    @property
    def control(self) -> int:
        """Data bits, parity and stop bits as they were set."""
        return termios.tcgetattr(self._master)[2]

    def close(self) -> None:
        """Put it away."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1
