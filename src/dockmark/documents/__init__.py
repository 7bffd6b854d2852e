"""Labels and papers: facts in, bytes out for printers and viewers.

A label is laid out once, in whole dots of its printer (`layout`), and drawn three ways (`draw`). In ZPL everything is
a picture, symbol and text alike: no printer's own fonts or symbol maker decide what fits or what is read back, and no
word of data is in the stream for a printer to take as an order.
"""
