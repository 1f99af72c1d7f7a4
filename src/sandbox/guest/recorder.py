"""Records what Python code asks of the system, through CPython's audit events (PEP 578).

It runs in the same process as what it watches: evidence, never proof. Each different event is sent at once, so that code which ends
the process early does not take the record along; counts follow at the end.
"""
import json
import os
import time

from audited_calls import LONGEST_DETAIL, AuditedCalls

MOST_EVENTS = 2000


def missing_module(error):
    """The module for want of which something failed, or None."""
    cause = error
    for _ in range(10):
        if isinstance(cause, ModuleNotFoundError) and cause.name:
            return cause.name
        cause = cause.__cause__ or cause.__context__
        if cause is None:
            return None
    return None


class Recorder(AuditedCalls):
    def __init__(self, nonce, channel, own_folders):
        self.nonce = nonce
        self.channel = channel
        self.own = tuple(folder.rstrip("/") + "/" for folder in own_folders)
        self.began = time.monotonic()
        self.phase = "start"
        self.phase_began = self.began
        self.step = 0
        # What was special about the moment: `seeded with 42`; None when nothing was.
        self.circumstance = None
        self.events = {}
        self.lost = 0
        self.made_up = set()
        self.busy = False
        self.process = os.getpid()

    def now(self):
        return int((time.monotonic() - self.began) * 1000)

    def send(self, record):
        try:
            os.write(self.channel, (self.nonce + json.dumps(record) + "\n").encode("utf-8", "replace"))
        except OSError:
            pass

    def enter(self, name):
        """Begins a phase; the file that is asked for marks the place in a system call trace."""
        self.leave()
        self.phase = name
        self.phase_began = time.monotonic()
        self.step = 0
        self.busy = True
        try:
            os.access("/.sbx-phase/" + name, os.F_OK)
        finally:
            self.busy = False

    def leave(self):
        if self.phase != "start":
            self.send({"t": "phase", "name": self.phase, "ms": int((time.monotonic() - self.phase_began) * 1000)})
        self.phase = "start"

    def fail_for_module(self, subject, error):
        """Tells of a failure only where a module is missing."""
        if missing_module(error) is not None:
            self.fail(subject, error)

    def fail(self, subject, error):
        self.send({"t": "failure", "phase": self.phase, "subject": subject, "type": type(error).__name__,
                   "message": str(error)[:1000], "module": missing_module(error)})

    def finish(self, is_whole=True):
        self.leave()
        # A child that was forked off shares the channel; only the first process counts.
        if os.getpid() != self.process:
            return
        for event in self.events.values():
            if event["count"] > 1:
                self.send(dict(event, count=event["count"] - 1, step=0))
        if self.lost:
            self.send({"t": "lost", "count": self.lost})
        if is_whole:
            self.send({"t": "end"})

    def event(self, kind, detail, capability=None):
        detail = detail[:LONGEST_DETAIL]
        key = (kind, self.phase, detail)
        known = self.events.get(key)
        at = self.now()
        if known is not None:
            known["count"] += 1
            known["last"] = at
            return
        if len(self.events) >= MOST_EVENTS:
            self.lost += 1
            return
        record = {"t": "event", "kind": kind, "phase": self.phase, "detail": detail, "first": at, "last": at, "count": 1,
                  "step": self.step}
        if capability is not None:
            record["capability"] = capability
        if self.circumstance is not None:
            record["circumstance"] = self.circumstance
        self.events[key] = record
        self.send(record)
