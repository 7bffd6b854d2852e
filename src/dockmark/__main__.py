"""Starts Dockmark: the window without arguments, the command line with them."""

import sys


def main() -> int:
    """Runs the program; returns its exit code."""
    from dockmark.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
