"""How this station's window looks and sounds: one small file beside the station's other state."""

from dataclasses import dataclass
from pathlib import Path

from dockmark.station.folders import state_folder
from dockmark.ui.theme import Appearance


@dataclass(frozen=True, slots=True)
class WindowSettings:
    """What the operator chose for the window."""

    appearance: Appearance = Appearance.SYSTEM
    """Light, dark, or as the system says."""
    volume_percent: int = 80
    """How loud the cues are."""


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
    appearance, volume = kept.get("appearance"), kept.get("volume_percent")
    default = WindowSettings()
    return WindowSettings(
        Appearance(appearance) if appearance in list(Appearance) else default.appearance,
        min(100, max(0, volume)) if type(volume) is int else default.volume_percent,
    )


def keep(file: Path, settings: WindowSettings) -> bool:
    """Keep them for the next start; false where the disk would not take them."""
    lines = (
        f'appearance = "{settings.appearance.value}"',
        f"volume_percent = {settings.volume_percent}",
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
