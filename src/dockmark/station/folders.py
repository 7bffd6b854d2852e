"""Where data and state lie on this machine."""

import os
from pathlib import Path

from platformdirs import user_data_path, user_state_path

DATA = "DOCKMARK_DATA"
STATE = "DOCKMARK_STATE"


def data_folder(named: str = "") -> Path:
    """The data folder: as named, as the environment says, or the user's own."""
    text = named or os.environ.get(DATA, "")
    return Path(text).expanduser() if text else user_data_path("dockmark", appauthor=False)


def state_folder() -> Path:
    """Where keys and guards are kept, apart from the data: a copy of the data must not carry them along."""
    text = os.environ.get(STATE, "")
    return Path(text).expanduser() if text else user_state_path("dockmark", appauthor=False)
