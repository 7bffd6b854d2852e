"""A private PostgreSQL cluster: made when a test first asks, gone after the last; nobody else's is touched.

PostgreSQL does not start as root. Where the tests do, the cluster belongs to an ordinary user of the system.
"""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dockmark.database.postgres.schema import prepare

_USERS = ("postgres", "nobody")
_QUICK = (
    "-c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=32MB"
    " -c autovacuum=off -c log_min_messages=fatal"
)


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs; the packages do not put it on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda it: int(it.parents[1].name))
    if found:
        return found[-1].parent
    known = shutil.which("initdb")
    return Path(os.path.realpath(known)).parent if known else None


class Cluster:
    """A running cluster, in whose databases ledgers are kept."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="dockmark-pg-"))
        self._as_user: list[str] = []
        self._numbers = itertools.count(1)
        self._prepared = ""
        if os.geteuid() == 0:
            user = _some_user()
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self._as_user = [
                "setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--reset-env",
            ]  # fmt: skip
        self._do("initdb", "-D", "data", "-A", "trust", "-U", "admin", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()

    def start(self) -> None:
        """Starts it, or starts it again."""
        self._do("pg_ctl", "-D", "data", "-w", "-s", "-l", "log", "-o", f"-k {self.folder} {_QUICK}", "start")

    def stop(self, how: str = "immediate") -> None:
        """Stops it: `fast` lets nobody finish, `immediate` is a power cut."""
        self._do("pg_ctl", "-D", "data", "-s", "-m", how, "stop")

    def end(self) -> None:
        """Stops it and leaves nothing behind."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str, user: str = "admin") -> str:
        """The address of one of its databases."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def admin(self, database: str = "postgres") -> "psycopg.Connection[Any]":
        """A connection of somebody who may do everything."""
        return psycopg.connect(self.url(database), autocommit=True)

    def empty(self) -> str:
        """The address of a new database without any tables."""
        name = f"d{next(self._numbers)}"
        with self.admin() as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def ready(self, user: str = "station") -> str:
        """The address of a new database for ledgers, for somebody who may do what a station may and no more."""
        name = f"d{next(self._numbers)}"
        if not self._prepared:
            self._prepared = "prepared"
            with self.admin() as connection:
                connection.execute(f"CREATE DATABASE {self._prepared}")
                prepare(self.url(self._prepared))
                connection.execute("CREATE ROLE station LOGIN IN ROLE dockmark_station")
        with self.admin() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {self._prepared}")
        return self.url(name, user)

    def _do(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [*self._as_user, str(self._programs / program), *words],
            cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, timeout=120, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout[-2000:]}")


def _some_user() -> pwd.struct_passwd:
    for name in _USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("no ordinary user to start PostgreSQL as")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A private cluster; what needs one is skipped where PostgreSQL is not installed."""
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here (on Debian and Ubuntu: apt-get install postgresql)")
    made = Cluster(programs)
    yield made
    made.end()
