"""What is kept of a run: each different event once, with how often and when, and how many did not fit."""

import json
import os
import time

MOST_EVENTS = 2000
LONGEST_DETAIL = 2000
FULL = 64


class Journal:
    """Tells every new event at once, so that the end of the supervisor loses counts and no events."""

    def __init__(self, descriptor):
        self.descriptor = descriptor
        self.began = time.monotonic()
        self.phase = None
        self.events = {}
        self.lost = 0
        self.waiting = []

    def now(self):
        return int((time.monotonic() - self.began) * 1000)

    def add(self, kind, detail, allowed=True):
        if self.phase is None or not detail:
            return
        detail = detail[:LONGEST_DETAIL]
        key = (kind, self.phase, detail)
        event = self.events.get(key)
        if event is not None:
            event[1] = self.now()
            event[2] += 1
            event[3] = event[3] and allowed
        elif len(self.events) >= MOST_EVENTS:
            self.lost += 1
        else:
            at = self.now()
            self.events[key] = [len(self.events), at, 1, allowed]
            self.waiting.append({"kind": kind, "phase": self.phase, "detail": detail, "allowed": allowed, "at": at})
            if len(self.waiting) >= FULL:
                self.flush()

    def flush(self):
        if not self.waiting:
            return
        text = "".join(json.dumps(record) + "\n" for record in self.waiting).encode()
        self.waiting = []
        while text:
            text = text[os.write(self.descriptor, text):]

    def finish(self):
        for index, last, count, allowed in self.events.values():
            if count > 1:
                self.waiting.append({"again": index, "last": last, "count": count, "allowed": allowed})
        self.waiting.append({"end": True, "lost": self.lost})
        self.flush()
