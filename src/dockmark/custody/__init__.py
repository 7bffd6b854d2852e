"""Units: the events of their lives, the folds over them, the rules at the desks, the verdict. Pure."""
