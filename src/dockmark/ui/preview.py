"""The ways to a paper on the screen. What shows pages is loaded when the first is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from dockmark.station.tag_groups import TagGroup
    from dockmark.ui.bridge import Bridge
    from dockmark.ui.preview_dialog import PreviewDialog
    from dockmark.ui.service import Service


def show_document(parent: QWidget, bridge: Bridge, service: Service, kind: str, ref: str) -> PreviewDialog:
    """Everything on paper about a receipt, that kind of paper (`receipt`, `discrepancy`) in sight.

    `ref` is the receipt's number, tag or id. Stops nothing, and records nothing before something is printed or saved.
    """
    dialog = _dialog(parent, bridge, service)
    dialog.ask(kind, ref)
    return dialog


def show_commands(
    parent: QWidget, bridge: Bridge, service: Service, desk: str, more: Sequence[TagGroup] = ()
) -> PreviewDialog:
    """The command sheet of a desk, and what the window can do besides."""
    dialog = _dialog(parent, bridge, service)
    dialog.ask_commands(desk, more)
    return dialog


def _dialog(parent: QWidget, bridge: Bridge, service: Service) -> PreviewDialog:
    from dockmark.ui.preview_dialog import PreviewDialog

    dialog = PreviewDialog(parent, bridge, service)
    dialog.finished.connect(dialog.deleteLater)
    return dialog
