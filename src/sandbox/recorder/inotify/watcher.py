"""Watches a run's decoys from outside the sandbox and tells which of them were read.

Started as `python3 -I -S watcher.py`. Standard input: one line of settings (JSON: `gate`, a path for a named pipe; `files`, paths below
the home folder; `original`, the host's folder that it is filled from), then nothing; its end means that the run is over.
Standard output, one JSON object per line: `{"ready": true}`; `{"watched": N}` when the sandbox has filled its home folder and N files
of it are watched; `{"read": INDEX, "at": MS}` the first time that a file is read; last `{"end": true, "reads": {INDEX: COUNT}, "own":
{"DEVICE:INODE": INDEX}, "lost": N}`.

The sandbox's start script fills the home folder, makes it its working folder and reads from the pipe. That is how its first process and
its copy of the files are found, whatever the sandbox calls them, and it goes on only when all of them are watched.

Sources: inotify(7), fifo(7), proc(5).
"""

import ctypes
import json
import os
import select
import stat
import struct
import sys
import time

LIFE, OUTPUT = 0, 1
LIBC = ctypes.CDLL(None, use_errno=True)
ACCESS, CLOSE_WRITE, CLOSE_NOWRITE, OPEN = 0x1, 0x8, 0x10, 0x20
OVERFLOW, DONT_FOLLOW = 0x4000, 0x02000000
EVENT = struct.Struct("iIII")
# The one who waits has the pipe as standard input a moment after opening it.
MOST_LOOKS = 40
BETWEEN_LOOKS_SECONDS = 0.005


def tell(record):
    text = (json.dumps(record) + "\n").encode()
    while text:
        text = text[os.write(OUTPUT, text):]


def settings_from(descriptor):
    text = b""
    while not text.endswith(b"\n"):
        part = os.read(descriptor, 65536)
        if not part:
            sys.exit(0)
        text += part
    return json.loads(text)


def watch(queue, path, mask):
    return LIBC.inotify_add_watch(queue, os.fsencode(path), mask)


def reader_of(pipe):
    """The process whose standard input is this pipe; None when it is not one that can be seen from here."""
    wanted = os.fstat(pipe)
    for _ in range(MOST_LOOKS):
        for name in os.listdir("/proc"):
            if not name.isdigit():
                continue
            try:
                found = os.stat("/proc/%s/fd/0" % name)
            except OSError:
                continue
            if (found.st_dev, found.st_ino) == (wanted.st_dev, wanted.st_ino):
                return name
        time.sleep(BETWEEN_LOOKS_SECONDS)
    return None


class Watched:
    """Files by their number in the settings, each under all the inodes that hold its content."""

    def __init__(self, queue, files):
        self.queue, self.files = queue, files
        self.by_watch, self.own = {}, {}
        self.began = 0.0
        self.is_read, self.reads = {}, {}
        self.lost = 0

    def add(self, folder):
        """How many of the files below a folder are watched from now on."""
        count = 0
        for index, file in enumerate(self.files):
            path = "%s/%s" % (folder, file)
            try:
                info = os.lstat(path)
            except OSError:
                continue
            if not stat.S_ISREG(info.st_mode):
                continue
            number = watch(self.queue, path, ACCESS | CLOSE_WRITE | CLOSE_NOWRITE | OPEN | DONT_FOLLOW)
            if number >= 0:
                self.by_watch[number] = index
                self.own["%d:%d" % (info.st_dev, info.st_ino)] = index
                count += 1
        return count

    def note(self, number, mask):
        if mask & OVERFLOW:
            self.lost += 1
        if number not in self.by_watch:
            return
        # What is mapped into memory is closed without having been accessed.
        if mask & (ACCESS | CLOSE_NOWRITE) and not self.is_read.get(number):
            self.is_read[number] = True
            index = self.by_watch[number]
            self.reads[index] = self.reads.get(index, 0) + 1
            if self.reads[index] == 1:
                tell({"read": index, "at": int((time.monotonic() - self.began) * 1000)})
        if mask & (CLOSE_WRITE | CLOSE_NOWRITE):
            self.is_read[number] = False

    def drain(self):
        while True:
            try:
                data = os.read(self.queue, 65536)
            except BlockingIOError:
                return
            at = 0
            while at + EVENT.size <= len(data):
                number, mask, _, length = EVENT.unpack_from(data, at)
                at += EVENT.size + length
                self.note(number, mask)


def waits_for(descriptor):
    """False when the run is over before."""
    ready = select.select([descriptor, LIFE], [], [])[0]
    return descriptor in ready


def main():
    settings = settings_from(LIFE)
    os.mkfifo(settings["gate"], 0o644)
    os.chmod(settings["gate"], 0o644)
    pipe = os.open(settings["gate"], os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    queue = LIBC.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    if queue < 0 or watch(queue, settings["gate"], OPEN) < 0:
        raise OSError(ctypes.get_errno(), "inotify")
    watched = Watched(queue, settings["files"])
    tell({"ready": True})
    if waits_for(queue):
        reader = reader_of(pipe)
        if reader is not None:
            count = watched.add("/proc/%s/cwd" % reader)
            watched.add(settings["original"])
            watched.began = time.monotonic()
            tell({"watched": count})
        os.unlink(settings["gate"])
        os.write(pipe, b"go\n")
        while waits_for(queue):
            watched.drain()
        watched.drain()
    tell({"end": True, "reads": watched.reads, "own": watched.own, "lost": watched.lost})


main()
