"""Runs what a mode attacks and says what came of it: the answers of main.py and webassembly.py."""

import json
import sys


def together(themes, bait):
    """The checks of all themes. A theme that fails as a whole leaves its checks out, and they count as untried."""
    result = {}
    for theme in themes:
        try:
            result.update(theme(bait))
        except Exception as error:
            sys.stderr.write("%s: %s: %s\n" % (theme.__name__, type(error).__name__, error))
    return result


def answer(modes):
    """Says that it has begun, attacks as the mode on the command line says, and says what came of it."""
    bait = json.load(sys.stdin)
    print("begun", flush=True)
    print(json.dumps(modes[sys.argv[1]](bait)))
