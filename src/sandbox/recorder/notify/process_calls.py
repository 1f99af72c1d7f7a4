"""Calls that start programs, and that signal those which run."""

import posixpath
import signal

import memory
from calls import Calls, signed
from places import AT_FDCWD
from processes import number, status

AT_EMPTY_PATH = 0x1000


class ProcessCalls(Calls):
    def execve(self, thread, a):
        return self.started(thread, AT_FDCWD, a[0], a[1], 0)

    def execveat(self, thread, a):
        return self.started(thread, signed(a[0]), a[1], a[2], a[4])

    def started(self, thread, folder, pointer, words, flags):
        path = memory.text(thread, pointer)
        if path == "" and not flags & AT_EMPTY_PATH:
            return None
        whole = self.places.absolute(thread, folder, path)
        if whole is None:
            return None
        has_file = whole.startswith("/") and not whole.startswith("/memfd:")
        if has_file and self.places.find(whole) is None:
            return None
        arguments = memory.command(thread, words)
        name = posixpath.basename(path) if has_file and path else whole.lstrip("/").replace(" (deleted)", "")
        is_own = self.is_quiet("exec", self.told(" ".join(arguments)))
        chain = self.processes.runs(thread, name, is_own) if self.journal.phase is not None else []
        return lambda: self.note_start(name, arguments, chain, has_file)

    def note_start(self, name, arguments, chain, has_file):
        self.add("exec", " ".join(arguments) or name)
        if not has_file:
            self.add("exec.fileless", "%s %s" % (name, " ".join(arguments)))
        if len(chain) > 1 and not self.is_quiet("exec", self.told(" ".join(arguments))):
            self.add("process", " > ".join(chain))

    def kill(self, thread, a):
        return self.signalled(thread, signed(a[0]), a[1])

    def tgkill(self, thread, a):
        return self.signalled(thread, signed(a[0]), a[2])

    def pidfd_send_signal(self, thread, a):
        return lambda: self.add("signal", "%s to another process" % signal_name(a[1])) if a[1] else None

    def signalled(self, thread, target, sign):
        fields = status(thread)
        own = (number(fields.get("NStgid")), number(fields.get("NSpid")))
        if sign == 0 or target in own:
            return None
        if target == -1:
            whom = "all processes"
        elif target == 0:
            whom = "its own group"
        elif target < 0:
            whom = "a process group"
        elif target == 1:
            whom = "the first process"
        else:
            whom = self.processes.of(target) or "another process"
        return lambda: self.add("signal", "%s to %s" % (signal_name(sign), whom), target != 1)


def signal_name(number):
    try:
        return signal.Signals(number).name
    except ValueError:
        return "signal %d" % number
