"""What all watched calls have: where their meaning goes, and what of it is too common to be told."""

import re

NOTHING = 0xFFFFFFFF


def signed(value):
    value &= NOTHING
    return value - (1 << 32) if value >> 31 else value


class Calls:
    def __init__(self, journal, places, processes, settings):
        self.journal, self.places, self.processes = journal, places, processes
        self.mark, self.own_phases, self.starter = settings["phaseMark"], settings["ownPhases"], None
        self.user = settings["insideUser"]
        self.is_isolated = settings["isIsolated"]
        self.relocated = settings["relocated"]
        self.quiet = {kind: re.compile(pattern) for kind, pattern in settings["quiet"].items()}

    def told(self, text):
        """The text with the paths that the command was told."""
        for place, path in self.relocated:
            text = text.replace(place, path)
        return text

    def add(self, kind, detail, allowed=True):
        detail = self.told(detail)
        if not self.is_quiet(kind, detail):
            self.journal.add(kind, detail, allowed)

    def is_quiet(self, kind, detail):
        quiet = self.quiet.get(kind)
        return quiet is not None and quiet.search(detail) is not None and not detail.endswith("/environ")
