"""`python -m cleaner`: the command."""

import sys


def run() -> int:
    """Run the command; an interrupt while it is still being loaded is an interrupt like any other."""
    try:
        from cleaner.cli import main

        return main()
    except KeyboardInterrupt:
        return 130  # cleaner.cli_exit.INTERRUPTED, which may not be loaded yet


if __name__ == "__main__":
    sys.exit(run())
