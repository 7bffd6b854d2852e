"""Scanners, printers, their simulated twins, and how they are found.

Four layers, none of which knows Qt or the ledger:

transport  bytes in and out: `tcp_link`, `usb_printer`, `pdf_folder`, `queue_printer` (`winspool` is its Windows twin),
           `serial_ports`
protocol   pure functions over bytes and time stamps, they alone decide: `zpl_status`, `zpl_dialogue`, `ieee1284`,
           `wedge`, `framer`, `debounce`, `printer_url`, `serial_url`, `serial_profile`
device     `printers.open_printer(url)` gives a `LabelPrinter`; `serial_scanner` reads a scanner and finds it again;
           `lights` says how a device stands
twins      `simulated`: a label printer and a scanner that behave, or misbehave, on demand

A device is named by its URL, the same string in settings, on the command line and in a test:
`tcp://host[:9100]`, `usb:VID:PID[:SERIAL]`, `queue:NAME[?raw=zpl]`, `pdf:DIR`, `serial:PORT@BAUD[,option=value …]`.
Calls block and are bounded in time; the station gives each device a thread of its own.
"""
