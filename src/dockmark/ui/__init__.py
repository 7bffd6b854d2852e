"""The window: shell, one screen per desk, unit card, theme, cues. The only place that knows Qt.

The way of a scan through it: `wedge_filter` (or a device below) -> `service.Service` on the bench thread ->
`bridge` back to the GUI thread -> `scan_strip`, the desk's screen and `cues`. Nothing here waits.
"""
