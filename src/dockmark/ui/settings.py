"""How this station's window looks and sounds: one small file beside the station's other state."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dockmark.station.folders import state_folder
from dockmark.ui.theme import Appearance

_LANGUAGE: Final = re.compile(r"([a-z]{2,3}(_[A-Za-z]{2,4})?)?")
"""The name of a language, or nothing: it goes into the file and becomes the name of a folder."""


@dataclass(frozen=True, slots=True)
class WindowSettings:
    """What the operator chose for the window."""

    appearance: Appearance = Appearance.SYSTEM
    """Light, dark, or as the system says."""
    volume_percent: int = 80
    """How loud the cues are."""
    text_percent: int = 100
    """How large everything is written."""
    language: str = ""
    """What this window speaks, from when it is opened anew; empty for the language of the system."""
    lock_minutes: int = 5
    """After how many idle minutes the window is covered until somebody signs in; 0 for never."""


def place() -> Path:
    """Where the settings of this station's window lie."""
    return state_folder() / "window.toml"


def load(file: Path) -> WindowSettings:
    """The settings as they were kept; what is missing or spoilt falls back to the default."""
    if not file.is_file():
        return WindowSettings()
    import tomllib  # at the first use: the shell is painted without it where nothing was chosen

    try:
        kept = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return WindowSettings()
    default = WindowSettings()
    appearance, language = kept.get("appearance"), kept.get("language")
    return WindowSettings(
        Appearance(appearance) if appearance in list(Appearance) else default.appearance,
        _percent(kept.get("volume_percent"), 0, 100, default.volume_percent),
        _percent(kept.get("text_percent"), 100, 200, default.text_percent),
        language if isinstance(language, str) and _LANGUAGE.fullmatch(language) else default.language,
        _percent(kept.get("lock_minutes"), 0, 240, default.lock_minutes),
    )


def _percent(value: object, least: int, most: int, default: int) -> int:
    return min(most, max(least, value)) if type(value) is int else default


def keep(file: Path, settings: WindowSettings) -> bool:
    """Keep them for the next start; false where the disk would not take them."""
    lines = (
        f'appearance = "{settings.appearance.value}"',
        f"volume_percent = {settings.volume_percent}",
        f"text_percent = {settings.text_percent}",
        f'language = "{settings.language}"',
        f"lock_minutes = {settings.lock_minutes}",
    )
    text = "".join(f"{line}\n" for line in lines)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".new")
        beside.write_text(text, "utf-8")
        beside.replace(file)
    except OSError:
        return False
    return True
