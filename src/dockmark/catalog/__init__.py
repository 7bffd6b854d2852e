"""Parts, partners, places, orders, advices, recalls and serial ranges: their events and folds. Pure."""
