"""What the sinkhole saw, one JSON object a line, written as it happens: whoever ends the run may end the sinkhole with it."""

import base64
import json
import os
import threading
import time

MOST_LINES = 8000
MOST_CONTENT = 12 << 20
CONTENT_PER_CONNECTION = 1 << 20
MOST_NAMES = 4096


class Journal:
    """Bounded: what does not fit any more is counted, and that is written when it begins and every thousand."""

    def __init__(self, handle):
        self.handle, self.began = handle, time.monotonic()
        self.lock = threading.Lock()
        self.lines = self.content = self.lost = 0

    def write(self, kind, **fields):
        """Gives whether it was written."""
        with self.lock:
            if self.lines >= MOST_LINES:
                self.lost += 1
                if self.lost % 1000 == 1:
                    self.send({"t": "lost", "count": self.lost})
                return False
            self.lines += 1
            self.send({"t": kind, "at": round((time.monotonic() - self.began) * 1000), **fields})
            return True

    def send(self, record):
        line = (json.dumps(record) + "\n").encode()
        try:
            while line:
                line = line[os.write(self.handle, line):]
        except OSError:
            # Nobody reads any more: the run is over.
            pass

    def room(self, size, used):
        """How many of so many bytes may be kept, for a connection of which so many were kept already."""
        with self.lock:
            kept = max(0, min(size, CONTENT_PER_CONNECTION - used, MOST_CONTENT - self.content))
            self.content += kept
            return kept


class Stream:
    """The bytes that one client sent over one connection."""

    def __init__(self, journal, number):
        self.journal, self.number, self.used = journal, number, 0
        # Whether anything of it was not kept.
        self.is_cut = False

    def take(self, content):
        kept = self.journal.room(len(content), self.used)
        self.used += kept
        cut = {} if kept == len(content) else {"cut": len(content) - kept}
        written = True
        if content:
            written = self.journal.write("data", connection=self.number, content=base64.b64encode(content[:kept]).decode(), **cut)
        self.is_cut = self.is_cut or kept < len(content) or not written


class Names:
    """Gives every name that is asked for an address of its own, so that a connection to it can be named."""

    def __init__(self):
        self.numbers, self.names, self.lock = {}, [], threading.Lock()

    def number(self, name):
        """From 1 on; those that do not fit share the last one."""
        with self.lock:
            name = name.lower().rstrip(".")
            if name not in self.numbers and len(self.names) < MOST_NAMES:
                self.names.append(name)
                self.numbers[name] = len(self.names)
            return self.numbers.get(name, MOST_NAMES)

    def of_number(self, number):
        with self.lock:
            return self.names[number - 1] if 0 < number <= len(self.names) else None
