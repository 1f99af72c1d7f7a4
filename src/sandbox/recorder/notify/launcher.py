"""The first process of a recorded sandbox: puts itself under the recorder's filter, hands its listener out and starts the command.

Runs inside as `python3 -I -S launcher.py FOLDER bound|free COMMAND...`: a bound sandbox ends with the process that
started it. The folder holds `filter` (a BPF program) and `socket`, where the supervisor
outside waits. From the filter on, this process and everything it starts can make no watched call that the supervisor has not answered.

Sources: seccomp(2), seccomp_unotify(2), unix(7), pid_namespaces(7).
"""

import _socket
import _thread
import ctypes
import os
import platform
import signal
import struct
import sys
import time

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
SYS_SECCOMP = 277 if platform.machine() == "aarch64" else 317
SECCOMP_SET_MODE_FILTER, NEW_LISTENER, WAIT_KILLABLE = 1, 1 << 3, 1 << 5
# The supervisor starts beside the sandbox, not before it.
PATIENCE_SECONDS = 10.0
START_FAILED = 125


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def connect(path):
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        channel = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            channel.connect(path)
            return channel
        except OSError:
            channel.close()
            if time.monotonic() > until:
                raise
        time.sleep(0.002)


def install(program):
    """Gives the listener of a filter that from here on holds for the calling thread and its children."""
    if LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs")
    description = Program(len(program) // 8, program)
    # Linux 5.19 can keep a signal from interrupting a call that waits for its answer; before, the call would be seen twice.
    for flags in (NEW_LISTENER | WAIT_KILLABLE, NEW_LISTENER):
        listener = LIBC.syscall(SYS_SECCOMP, SECCOMP_SET_MODE_FILTER, flags, ctypes.byref(description))
        if listener >= 0:
            return listener
    raise OSError(ctypes.get_errno(), "seccomp listener")


def hand_over(channel, program):
    """Sending is itself a watched call, so a second thread, which the filter does not bind, does it and ends."""
    listeners, installed, sent = [], _thread.allocate_lock(), _thread.allocate_lock()
    installed.acquire()
    sent.acquire()

    def send():
        installed.acquire()
        try:
            if listeners:
                rights = (_socket.SOL_SOCKET, _socket.SCM_RIGHTS, struct.pack("i", listeners[0]))
                channel.sendmsg([b"l"], [rights])
                os.close(listeners[0])
                channel.recv(1)
        finally:
            channel.close()
            sent.release()

    _thread.start_new_thread(send, ())
    try:
        listeners.append(install(program))
    finally:
        installed.release()
        sent.acquire()
    while len(os.listdir("/proc/self/task")) > 1:
        time.sleep(0.0005)


def become(command):
    try:
        os.setsid()
    except OSError:
        # A strict filter may refuse it.
        pass
    os.closerange(3, 1024)
    for number in range(1, signal.NSIG):
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            try:
                signal.signal(number, signal.SIG_DFL)
            except (OSError, ValueError):
                pass
    os.execv(command[0], command)


def main():
    folder, bond, command = sys.argv[1], sys.argv[2], sys.argv[3:]
    if bond == "bound":
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    LIBC.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    # The kernel keeps signals of the default kind away from the first process of a namespace.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with open(folder + "/filter", "rb") as file:
        program = file.read()
    hand_over(connect(folder + "/socket"), program)
    child = os.fork()
    if child == 0:
        become(command)
    # As the first process it inherits every orphan and has to collect them.
    while True:
        process, status = os.wait()
        if process == child:
            os._exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))


try:
    main()
except OSError as error:
    os.write(2, ("sbx-start: recorder: %s\n" % error).encode())
os._exit(START_FAILED)
