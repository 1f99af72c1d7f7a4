"""Keeps what a long run prints from using up what a run may print in all."""
import os
import sys

KEPT = 48 * 1024
MOST = 8 << 20


class Held:
    """Takes standard output and error into memory, and hands on their beginning and end afterwards."""

    def __init__(self, recorder):
        self.recorder, self.file, self.saved = recorder, None, []

    def __enter__(self):
        if not hasattr(os, "memfd_create"):
            return self
        try:
            self.flush()
            self.file = os.memfd_create("sbx-output", os.MFD_CLOEXEC)
            self.saved = [(number, os.dup(number)) for number in (1, 2)]
            for number, _ in self.saved:
                os.dup2(self.file, number)
        except OSError:
            self.restore()
        return self

    def bound(self):
        """Forgets what is too much to keep."""
        if self.file is not None and os.fstat(self.file).st_size > MOST:
            os.ftruncate(self.file, KEPT)
            os.lseek(self.file, KEPT, os.SEEK_SET)

    def __exit__(self, *_):
        self.flush()
        self.restore()

    def restore(self):
        for number, saved in self.saved:
            os.dup2(saved, number)
            os.close(saved)
        self.saved = []
        if self.file is None:
            return
        size = os.fstat(self.file).st_size
        os.lseek(self.file, 0, os.SEEK_SET)
        text = os.read(self.file, KEPT)
        if size > KEPT:
            os.lseek(self.file, max(KEPT, size - KEPT), os.SEEK_SET)
            text += os.read(self.file, KEPT)
        os.close(self.file)
        self.file = None
        try:
            os.write(2, text)
        except OSError:
            pass

    def flush(self):
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except BaseException:
                # The target closed it, or put something of its own there.
                pass
