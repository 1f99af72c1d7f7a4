"""Reads arguments of a waiting call from its caller's memory. Another thread of the caller may change them after they were read, so what
is read is evidence; what is refused is refused by number and register alone.

Sources: process_vm_readv(2), execve(2), sendmsg(2), packet layouts in sys/socket.h, netinet/in.h, sys/un.h.
"""

import ctypes
import os
import struct

LIBC = ctypes.CDLL(None, use_errno=True)
PAGE = 4096
LONGEST = 4096
MOST_ARGUMENTS = 64
LONGEST_COMMAND = 2000
POINTER = struct.Struct("Q")
AF_UNIX, AF_INET, AF_INET6 = 1, 2, 10


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


BUFFER = ctypes.create_string_buffer(LONGEST)
LOCAL = Vector(ctypes.addressof(BUFFER), LONGEST)
REMOTE = (Vector * 2)()
READ = LIBC.process_vm_readv
READ.argtypes = [ctypes.c_int, ctypes.POINTER(Vector), ctypes.c_ulong, ctypes.POINTER(Vector), ctypes.c_ulong, ctypes.c_ulong]
READ.restype = ctypes.c_ssize_t
LOCAL_POINTER = ctypes.pointer(LOCAL)
VIEW = memoryview(BUFFER).cast("B")


class Unreadable(Exception):
    """The caller's memory is not there, or not ours to read."""


def read(thread, address, length):
    """Up to `length` bytes; fewer where the memory ends. Never crosses into an unmapped page."""
    first = min(length, PAGE - address % PAGE)
    REMOTE[0].base, REMOTE[0].length = address, first
    REMOTE[1].base, REMOTE[1].length = address + first, length - first
    count = READ(thread, LOCAL_POINTER, 1, REMOTE, 2 if length > first else 1, 0)
    if count < 0:
        raise Unreadable(os.strerror(ctypes.get_errno()))
    return bytes(VIEW[:count])


def text(thread, address, usual=256):
    """A C string as text; bytes that are no UTF-8 show as escapes."""
    if address == 0:
        return ""
    data = read(thread, address, usual)
    end = data.find(b"\0")
    if end < 0 and len(data) == usual and usual < LONGEST:
        data = read(thread, address, LONGEST)
        end = data.find(b"\0")
    return (data if end < 0 else data[:end]).decode("utf-8", "backslashreplace")


def command(thread, address):
    """The words of an argument list, no more than so many."""
    words, length = [], 0
    if address == 0:
        return words
    pointers = read(thread, address, MOST_ARGUMENTS * POINTER.size)
    for at in range(0, len(pointers) - POINTER.size + 1, POINTER.size):
        pointer = POINTER.unpack_from(pointers, at)[0]
        if pointer == 0 or length > LONGEST_COMMAND:
            break
        words.append(text(thread, pointer))
        length += len(words[-1]) + 1
    return words


def address(thread, pointer, length):
    """(`HOST:PORT` or `unix:PATH`, port), or None for what is no address of a machine or a file."""
    data = read(thread, pointer, min(length, 128)) if pointer and length >= 2 else b""
    if len(data) < 2:
        return None
    family = struct.unpack_from("H", data)[0]
    if family == AF_UNIX:
        path = data[2:]
        if path[:1] == b"\0":
            return "unix:@" + path[1:].rstrip(b"\0").decode("utf-8", "backslashreplace"), 0
        name = path.split(b"\0", 1)[0].decode("utf-8", "backslashreplace")
        return ("unix:" + name, 0) if name else None
    if family == AF_INET and len(data) >= 8:
        port = struct.unpack_from(">H", data, 2)[0]
        return "%d.%d.%d.%d:%d" % (*data[4:8], port), port
    if family == AF_INET6 and len(data) >= 24:
        port = struct.unpack_from(">H", data, 2)[0]
        import _socket
        return "%s:%d" % (_socket.inet_ntop(AF_INET6, data[8:24]), port), port
    return None


def message(thread, pointer):
    """(address pointer, address length, first bytes) of a message header."""
    header = read(thread, pointer, 56)
    if len(header) < 32:
        return 0, 0, b""
    name, name_length, _, vectors, count = struct.unpack_from("QIIQQ", header)
    return name, name_length, first_part(thread, vectors, count)


def first_part(thread, vectors, count):
    if not vectors or not count:
        return b""
    vector = read(thread, vectors, 16)
    if len(vector) < 16:
        return b""
    base, length = struct.unpack("QQ", vector)
    return read(thread, base, min(length, 512)) if base and length else b""
