"""The supervisor's end of seccomp user notification: takes a listener over, receives calls, answers them.

Sources: seccomp_unotify(2), linux/seccomp.h.
"""

import _socket
import fcntl
import os
import select
import struct

RECEIVE, SEND, IS_VALID, SET_FLAGS = 0xC0502100, 0xC0182101, 0x40082102, 0x40082104
SYNC_WAKE_UP = 1
CONTINUE = 1
NOTIFICATION = struct.Struct("QIIiIQ6Q")
RESPONSE = struct.Struct("QqiI")
IDENTITY = struct.Struct("Q")
EMPTY = bytes(NOTIFICATION.size)


def wait_for_listener(path, leftovers, life):
    """Takes one listener from whoever connects first, which is the sandbox's first process, and takes away what only that one needs.
    Gives None when `life` ends before."""
    door = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    door.bind(path)
    os.chmod(path, 0o666)
    door.listen(1)
    channel = None
    listener = None
    if is_ready(door.fileno(), life):
        number, _ = door._accept()
        channel = _socket.socket(fileno=number)
        if is_ready(number, life):
            listener = descriptor_from(channel)
        for each in (path, *leftovers):
            os.unlink(each)
    door.close()
    if listener is not None:
        try:
            # Linux 6.6: run the one who waits on this processor at once, instead of waking another.
            fcntl.ioctl(listener, SET_FLAGS, SYNC_WAKE_UP)
        except OSError:
            pass
        channel.send(b"k")
    if channel is not None:
        channel.close()
    return listener


def is_ready(descriptor, life):
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    poll.register(life, select.POLLIN)
    ready = dict(poll.poll())
    return bool(ready.get(descriptor, 0) & select.POLLIN)


def descriptor_from(channel):
    _, ancillary, _, _ = channel.recvmsg(1, _socket.CMSG_SPACE(4))
    for level, kind, data in ancillary:
        if level == _socket.SOL_SOCKET and kind == _socket.SCM_RIGHTS and len(data) >= 4:
            return struct.unpack("i", data[:4])[0]
    return None


class Listener:
    """Calls that wait for an answer, one after the other."""

    def __init__(self, descriptor, life):
        self.descriptor = descriptor
        self.life = life
        self.buffer = bytearray(NOTIFICATION.size)
        self.poll = select.poll()
        self.poll.register(descriptor, select.POLLIN)
        self.poll.register(life, select.POLLIN)

    def wait(self, milliseconds):
        """True: a call waits. False: the time is over. None: everybody who could call is gone, or `life` has ended."""
        ready = self.poll.poll(milliseconds)
        if not ready:
            return False
        for descriptor, events in ready:
            if descriptor == self.descriptor and events & select.POLLIN:
                return True
        return None

    def receive(self):
        """(identity, thread, number, arguments), or None when the caller was killed meanwhile."""
        buffer = self.buffer
        buffer[:] = EMPTY
        try:
            fcntl.ioctl(self.descriptor, RECEIVE, buffer, True)
        except OSError:
            return None
        identity, thread, _, number, _, _, *arguments = NOTIFICATION.unpack(buffer)
        return identity, thread, number, arguments

    def is_waiting(self, identity):
        """Whether what was read of the caller's memory was the caller's: its number may be another's by now."""
        try:
            fcntl.ioctl(self.descriptor, IS_VALID, IDENTITY.pack(identity))
            return True
        except OSError:
            return False

    def answer(self, identity, error):
        """Refuses with an error number, or with 0 lets the kernel go on with the call."""
        response = RESPONSE.pack(identity, 0, -error, 0 if error else CONTINUE)
        try:
            fcntl.ioctl(self.descriptor, SEND, response)
        except OSError:
            # It was killed while it waited.
            pass
