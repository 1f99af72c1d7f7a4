"""Answers the watched calls of one sandbox, from outside, and tells what they were.

Started as `python3 -I -S supervisor.py`. Standard input: one line of settings (JSON), then nothing; its end means that the run is over.
Standard output: one JSON object per line (see journal.py), `{"end": true}` last. A call whose number is on the list of refused ones is
refused whatever is read of it; every other goes on to the kernel, which decides.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import json  # noqa: E402

from journal import Journal  # noqa: E402
from listener import Listener, wait_for_listener  # noqa: E402
from meaning import Meaning  # noqa: E402
from memory import Unreadable  # noqa: E402
from places import Places  # noqa: E402
from processes import Processes  # noqa: E402

LIFE, OUTPUT = 0, 1


def settings_from(descriptor):
    text = b""
    while not text.endswith(b"\n"):
        part = os.read(descriptor, 65536)
        if not part:
            sys.exit(0)
        text += part
    return json.loads(text)


def looks(meaning, settings):
    """What to do about each call, by its number."""
    found = {}
    for number, name in settings["watched"].items():
        if name.startswith(("set", "fs")) and name != "setgroups":
            found[int(number)] = meaning.identity(name)
        else:
            found[int(number)] = getattr(meaning, settings["methods"].get(name, name))
    for number, (name, _) in settings["refused"].items():
        found[int(number)] = meaning.refused(name)
    return found


def serve(listener, journal, places, refused, table):
    while True:
        waits = listener.wait(0 if journal.waiting else -1)
        if waits is None:
            return
        if not waits:
            journal.flush()
            continue
        call = listener.receive()
        if call is None:
            continue
        identity, thread, number, arguments = call
        places.enter(thread)
        rest = None
        try:
            rest = table[number](thread, arguments) if number in table else None
        except (Unreadable, OSError, ValueError, ArithmeticError):
            # An address that leads nowhere makes the call fail in the kernel too.
            pass
        if rest is not None and not listener.is_waiting(identity):
            rest = None
        listener.answer(identity, refused.get(number, 0))
        if rest is not None:
            try:
                rest()
            except (OSError, ValueError):
                journal.lost += 1


def main():
    settings = settings_from(LIFE)
    journal = Journal(OUTPUT)
    descriptor = wait_for_listener(settings["socket"], settings["leftovers"], LIFE)
    if descriptor is not None:
        os.write(OUTPUT, b'{"met": true}\n')
        places = Places(settings["user"])
        meaning = Meaning(journal, places, Processes(), settings)
        refused = {int(number): error for number, (_, error) in settings["refused"].items()}
        serve(Listener(descriptor, LIFE), journal, places, refused, looks(meaning, settings))
    journal.finish()


main()
