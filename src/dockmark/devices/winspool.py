"""The Windows print spooler, asked directly: raw bytes to a queue, and the names of the queues. Windows only."""

import sys
from typing import Final

from dockmark.devices.label_printer import Sent, SentOutcome, Why

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _UNKNOWN_PRINTER: Final = 1801  # ERROR_INVALID_PRINTER_NAME
    _ACCESS_DENIED: Final = 5
    _SPOOLER_AWAY: Final = {1722, 1753}  # RPC_S_SERVER_UNAVAILABLE, EPT_S_NOT_REGISTERED
    _LOCAL_AND_CONNECTED: Final = 0x2 | 0x4

    class _DocInfo(ctypes.Structure):
        _fields_ = (
            ("document", wintypes.LPWSTR),
            ("output", wintypes.LPWSTR),
            ("kind", wintypes.LPWSTR),
        )

    class _PrinterInfo(ctypes.Structure):
        _fields_ = (
            ("server", wintypes.LPWSTR),
            ("name", wintypes.LPWSTR),
            ("attributes", wintypes.DWORD),
        )

    def _library() -> ctypes.WinDLL:
        library = ctypes.WinDLL("winspool.drv", use_last_error=True)
        handle = wintypes.HANDLE
        library.OpenPrinterW.argtypes = [wintypes.LPWSTR, ctypes.POINTER(handle), wintypes.LPVOID]
        library.StartDocPrinterW.argtypes = [handle, wintypes.DWORD, ctypes.POINTER(_DocInfo)]
        library.StartDocPrinterW.restype = wintypes.DWORD
        library.WritePrinter.argtypes = [
            handle,
            wintypes.LPVOID,
            wintypes.DWORD,
            ctypes.POINTER(wintypes.DWORD),
        ]
        for call in (
            library.StartPagePrinter,
            library.EndPagePrinter,
            library.EndDocPrinter,
            library.AbortPrinter,
            library.ClosePrinter,
        ):
            call.argtypes = [handle]
        return library

    def send_raw(queue: str, job: bytes, title: str) -> Sent:
        """Spool the bytes unchanged. The spooler takes them or not; the printer itself says nothing."""
        library, handle = _library(), wintypes.HANDLE()
        if not library.OpenPrinterW(queue, ctypes.byref(handle), None):
            return _not_taken()
        try:
            document = _DocInfo(title, None, "RAW")
            if not library.StartDocPrinterW(handle, 1, ctypes.byref(document)):
                return _not_taken()
            if library.StartPagePrinter(handle) and _write_all(library, handle, job):
                ended = library.EndPagePrinter(handle) and library.EndDocPrinter(handle)
                return Sent(SentOutcome.SENT, Why.SPOOLED) if ended else Sent(SentOutcome.UNKNOWN, Why.SPOOLER_LOST)
            # An aborted document is dropped from the queue; only a started printer may have had a part of it.
            library.AbortPrinter(handle)
            return Sent(SentOutcome.UNKNOWN, Why.SPOOLER_LOST)
        finally:
            library.ClosePrinter(handle)

    def _write_all(library: ctypes.WinDLL, handle: wintypes.HANDLE, job: bytes) -> bool:
        done, step = 0, wintypes.DWORD()
        while done < len(job):
            rest = job[done:]
            if not library.WritePrinter(handle, rest, len(rest), ctypes.byref(step)) or not step.value:
                return False
            done += step.value
        return True

    def _not_taken() -> Sent:
        error = ctypes.get_last_error()
        if error in _SPOOLER_AWAY:
            return Sent(SentOutcome.AWAY, Why.SPOOLER_AWAY)
        if error == _ACCESS_DENIED:
            return Sent(SentOutcome.FAILED, Why.NOT_ALLOWED)
        return Sent(SentOutcome.FAILED, Why.QUEUE_UNKNOWN if error == _UNKNOWN_PRINTER else Why.SPOOLER_REFUSED)

    def printer_names() -> list[str]:
        """The queues of this machine, local and connected."""
        library = ctypes.WinDLL("winspool.drv", use_last_error=True)
        needed, count = wintypes.DWORD(), wintypes.DWORD()
        library.EnumPrintersW(_LOCAL_AND_CONNECTED, None, 4, None, 0, ctypes.byref(needed), ctypes.byref(count))
        if not needed.value:
            return []
        room = ctypes.create_string_buffer(needed.value)
        if not library.EnumPrintersW(
            _LOCAL_AND_CONNECTED, None, 4, room, needed, ctypes.byref(needed), ctypes.byref(count)
        ):
            return []
        entries = ctypes.cast(room, ctypes.POINTER(_PrinterInfo))
        return [str(entries[index].name) for index in range(count.value)]

else:

    def send_raw(queue: str, job: bytes, title: str) -> Sent:
        """There is no such spooler here."""
        return Sent(SentOutcome.FAILED, Why.SPOOLER_MISSING)

    def printer_names() -> list[str]:
        """There is no such spooler here."""
        return []
