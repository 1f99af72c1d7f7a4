"""System calls by number, past the C library. Numbers: Linux `arch/x86/entry/syscalls/syscall_64.tbl`, `asm-generic/unistd.h`."""

import ctypes
import errno
import mmap
import platform
import signal
import struct

from outcome import HELD, broken, in_child, moot, untried

LIBC = ctypes.CDLL(None, use_errno=True)
IS_ARM = platform.machine() == "aarch64"
IS_X86 = platform.machine() == "x86_64"
NUMBERS = {
    "mount": (165, 40),
    "umount": (166, 39),
    "pivot-root": (155, 41),
    "chroot": (161, 51),
    "open-tree": (428, 428),
    "move-mount": (429, 429),
    "fsopen": (430, 430),
    "mount-setattr": (442, 442),
    "unshare": (272, 97),
    "setns": (308, 268),
    "clone": (56, 220),
    "clone3": (435, 435),
    "ptrace": (101, 117),
    "process-vm-readv": (310, 270),
    "process-vm-writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd-getfd": (438, 438),
    "bpf": (321, 280),
    "perf-event": (298, 241),
    "fanotify": (300, 262),
    "io-uring": (425, 425),
    "keyctl": (250, 219),
    "add-key": (248, 217),
    "request-key": (249, 218),
    "userfaultfd": (323, 282),
    "open-by-handle": (304, 265),
    "kexec": (246, 104),
    "kexec-file": (320, 294),
    "init-module": (175, 105),
    "finit-module": (313, 273),
    "settimeofday": (164, 170),
    "clock-settime": (227, 112),
    "adjtimex": (159, 171),
    "personality": (135, 92),
    "kernel-log": (103, 116),
    "sethostname": (170, 161),
    "swapon": (167, 224),
    "quotactl": (179, 60),
    "move-pages": (279, 239),
    "ioctl": (16, 29),
}
NEW_USER = 0x10000000
SIGCHLD = 17
REFUSED = (errno.EPERM, errno.ENOSYS, errno.EACCES)


def verdict(end, how):
    status, number = end
    if status == 0 or number == signal.SIGSYS:
        return HELD
    if status == 1:
        return broken(how)
    return untried("the attempt ended with %s" % (end,))


def by_number(number, *arguments, refusals=REFUSED):
    """Makes a system call in a child, which it may kill; held when it was refused, broken when the kernel took it up."""

    def attempt():
        ctypes.set_errno(0)
        result = LIBC.syscall(ctypes.c_long(number), *arguments)
        return 1 if result >= 0 or ctypes.get_errno() not in refusals else 0

    return verdict(in_child(attempt), "the kernel takes it up")


def call(name, *arguments, refusals=REFUSED):
    return by_number(NUMBERS[name][1 if IS_ARM else 0], *arguments, refusals=refusals)


def through_x32(*arguments):
    """`unshare` by its number of the x32 interface, which a filter that compares plain numbers misses."""
    if not IS_X86:
        return moot("only x86-64 has it")
    return by_number(0x40000000 | NUMBERS["unshare"][0], *arguments)


def through_ia32():
    """`unshare(CLONE_NEWUSER)` by the 32-bit gate (`int 0x80`, number 310), whose numbers mean other calls."""
    if not IS_X86:
        return moot("only x86-64 has it")
    code = b"\x53\xb8" + struct.pack("<I", 310) + b"\xbb" + struct.pack("<I", NEW_USER) + b"\xcd\x80\x5b\xc3"

    def attempt():
        page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        page.write(code)
        address = ctypes.addressof(ctypes.c_char.from_buffer(page))
        result = ctypes.CFUNCTYPE(ctypes.c_int)(address)()
        return 0 if -result in REFUSED else 1

    end = in_child(attempt)
    # A kernel without 32-bit calls answers with a fault.
    return HELD if end[1] == signal.SIGSEGV else verdict(end, "32-bit calls pass the filter")
