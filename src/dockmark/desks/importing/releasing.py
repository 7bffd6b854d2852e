"""Lets go of a judged file a little at a time.

To free half a million objects at once takes a tenth of a second, in which no other thread of this process, the
window's included, gets its turn.
"""

from collections.abc import Iterable
from typing import Any, Final

_MANY: Final = 2000


def release(*holders: object) -> None:
    """Empties whatever is large in these objects. They are not to be used any more."""
    met: set[int] = set()
    waiting: list[Any] = list(holders)
    while waiting:
        holder = waiting.pop()
        if id(holder) in met:
            continue
        met.add(id(holder))
        waiting.extend(value for value in _values(holder) if _is_ours(value))


def _values(holder: object) -> Iterable[Any]:
    if isinstance(holder, dict | list | set):
        if len(holder) < _MANY:
            return ()
        while holder:
            if isinstance(holder, dict):
                holder.popitem()
            else:
                holder.pop()
        return ()
    return list(getattr(holder, "__dict__", {}).values())


def _is_ours(value: object) -> bool:
    return isinstance(value, dict | list | set) or type(value).__module__.startswith("dockmark.desks.importing")
