"""Runs inside a sandbox and tries to break out of it. Never run this on a host: it attacks whatever it runs in.

usage: probe.py MODE   with the bait's description (JSON) on standard input
Each check answers true when the sandbox held. Standard output: one JSON object {"check name": true or false}.
"""

import ctypes
import errno
import json
import os
import platform
import signal
import socket
import subprocess
import sys
import time

if os.environ.get("SBX_INSIDE") != "1":
    sys.exit("probe.py attacks what it runs in: it is started by `sbx doctor --prove`, inside a sandbox only")

LIBC = ctypes.CDLL(None, use_errno=True)
ARM = platform.machine() == "aarch64"
# Numbers for x86-64 and arm64 (Linux syscall tables).
CALLS = {
    "mount": (165, 40),
    "unshare-user": (272, 97),
    "setns": (308, 268),
    "ptrace": (101, 117),
    "bpf": (321, 280),
    "io-uring": (425, 425),
    "keyctl": (250, 219),
    "add-key": (248, 217),
    "userfaultfd": (323, 282),
    "perf-event": (298, 241),
    "open-by-handle": (304, 265),
    "kexec": (246, 104),
    "init-module": (175, 105),
    "chroot": (161, 51),
    "process-vm-readv": (310, 270),
    "open-tree": (428, 428),
}
REFUSED = (errno.EPERM, errno.ENOSYS, errno.EACCES)


def refused(attempt):
    """True when an attempt fails with an error of the operating system."""
    try:
        attempt()
    except OSError:
        return True
    return False


def call(name, *arguments):
    """Makes a system call in a child, which it may kill; true when it was refused."""
    number = CALLS[name][1 if ARM else 0]
    child = os.fork()
    if child == 0:
        ctypes.set_errno(0)
        result = LIBC.syscall(number, *arguments)
        os._exit(1 if result >= 0 or ctypes.get_errno() not in REFUSED else 0)
    return os.waitpid(child, 0)[1] != 256


def connect(family, address):
    def attempt():
        with socket.socket(family, socket.SOCK_STREAM) as client:
            client.settimeout(2)
            client.connect(address)

    return refused(attempt)


def send_datagram(address):
    def attempt():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.sendto(b"sbx", address)

    refused(attempt)


def make_socket(family, kind, protocol=0):
    return refused(lambda: socket.socket(family, kind, protocol).close())


def write_file(path):
    def attempt():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
        os.close(descriptor)

    return refused(attempt)


def holds(path, needle):
    try:
        with open(path, "rb") as file:
            return needle.encode() in file.read(1 << 20)
    except OSError:
        return False


def status_field(name):
    for line in open("/proc/self/status"):
        if line.startswith(name + ":"):
            return line.split(":", 1)[1].strip()
    return None


def network(bait):
    result = {}
    for address in bait["addresses"]:
        result["network: connect %s" % address] = connect(
            socket.AF_INET6 if ":" in address else socket.AF_INET, (address, bait["port"])
        )
    send_datagram(("127.0.0.1", bait["port"]))
    result["network: vsock"] = make_socket(40, socket.SOCK_STREAM)
    result["network: packet"] = make_socket(17, socket.SOCK_RAW)
    result["network: raw"] = make_socket(socket.AF_INET, socket.SOCK_RAW, 1)
    return result


def unix_sockets(bait):
    result = {}
    for index, path in enumerate(bait["unixSockets"]):
        result["unix-sockets: path %d" % index] = connect(socket.AF_UNIX, path)
    result["unix-sockets: abstract"] = connect(socket.AF_UNIX, "\0" + bait["abstractSocket"])
    return result


def host_files(bait):
    result = {}
    for index, path in enumerate(bait["canaries"]):
        result["host-files: read canary %d" % index] = not holds(path, bait["token"])
        result["host-files: write beside canary %d" % index] = not os.path.exists(path)
    result["host-files: shadow"] = refused(lambda: open("/etc/shadow").close())
    result["host-files: own environment"] = bait["token"] not in os.environ.values()
    result["host-files: environment of process 1"] = not holds("/proc/1/environ", bait["token"])
    result["host-files: root of process 1"] = not holds("/proc/1/root" + bait["canaries"][0], bait["token"])
    return result


def processes(bait):
    numbers = [name for name in os.listdir("/proc") if name.isdigit()]
    return {
        "processes: host process seen": not any(holds("/proc/%s/cmdline" % each, bait["marker"]) for each in numbers),
        "processes: more than the sandbox's own seen": len(numbers) < 20,
    }


def read_only_root(bait):
    del bait
    target = os.path.dirname(os.path.abspath(__file__))
    result = {}
    for folder in ("/", "/usr", "/usr/bin", "/etc", "/bin", "/var", "/opt", "/root", "/dev"):
        if os.path.isdir(folder):
            result["read-only-root: write to %s" % folder] = write_file(os.path.join(folder, "sbx-proof"))
    result["read-only-root: write to the target"] = write_file(os.path.join(target, "sbx-proof"))
    result["read-only-root: change the target"] = refused(lambda: open(os.path.abspath(__file__), "ab").close())
    result["read-only-root: kernel settings"] = refused(lambda: open("/proc/sys/kernel/core_pattern", "w").close())
    return result


def privileges(bait):
    result = {
        "privileges: user": os.getuid() != 0 and os.geteuid() != 0 and os.getgid() != 0,
        "privileges: groups": 0 not in os.getgroups(),
        "privileges: become root": refused(lambda: os.setuid(0)),
        "privileges: capabilities": set(status_field("CapEff")) == {"0"} and set(status_field("CapPrm")) == {"0"},
        "privileges: mount": call("mount", b"none", b"/tmp", b"tmpfs", 0, 0),
        "privileges: chroot": call("chroot", b"/tmp"),
    }
    if not bait["ownKernel"]:
        result["privileges: no new ones"] = status_field("NoNewPrivs") == "1"
        result["privileges: user namespace"] = call("unshare-user", 0x10000000)
    return result


def syscalls(bait):
    if bait["ownKernel"]:
        # The calls end in a kernel of the sandbox's own; what has to hold is that it is not the host's.
        return {"syscalls: own kernel": platform.release() != bait["kernelRelease"]}
    scratch = ctypes.create_string_buffer(256)
    result = {
        "syscalls: filter": status_field("Seccomp") == "2",
        "syscalls: netlink": make_socket(16, socket.SOCK_RAW),
        "syscalls: crypto sockets": make_socket(38, socket.SOCK_SEQPACKET),
    }
    attempts = {
        "mount": (b"none", b"/nonexistent", b"tmpfs", 0, 0),
        "unshare-user": (0x10000000,),
        "setns": (0, 0),
        "ptrace": (0, 0, 0, 0),
        "bpf": (0, scratch, 72),
        "io-uring": (4, scratch),
        "keyctl": (0, -3, 0),
        "add-key": (b"user", b"sbx", b"x", 1, -3),
        "userfaultfd": (0,),
        "perf-event": (scratch, 0, -1, -1, 0),
        "open-by-handle": (-100, scratch, 0),
        "kexec": (0, 0, 0, 0xFFFF),
        "init-module": (scratch, 0, scratch),
        "process-vm-readv": (os.getpid(), 0, 0, 0, 0, 0),
        "open-tree": (-100, b"/", 1),
    }
    for name, arguments in attempts.items():
        result["syscalls: " + name] = call(name, *arguments)
    return result


def walls(bait):
    result = {}
    for check in (network, unix_sockets, host_files, processes, read_only_root, privileges, syscalls):
        result.update(check(bait))
    return result


def pids(bait):
    children = []
    try:
        for _ in range(bait["attempts"]):
            child = os.fork()
            if child == 0:
                time.sleep(30)
                os._exit(0)
            children.append(child)
        held = False
    except OSError:
        held = True
    for child in children:
        os.kill(child, signal.SIGKILL)
    return {"pids: %d children" % bait["attempts"]: held}


def memory(bait):
    """Children that together hold far more than the limit, and each of them less."""
    children = []
    for _ in range(bait["attempts"]):
        child = os.fork()
        if child == 0:
            try:
                block = bytearray(bait["bytes"])
                block[::4096] = b"x" * len(block[::4096])
                time.sleep(1)
                os._exit(0)
            except MemoryError:
                os._exit(1)
        children.append(child)
    ends = [os.waitpid(child, 0)[1] for child in children]
    return {"memory: %d children together" % bait["attempts"]: any(end != 0 for end in ends)}


def fill(folder, size, most):
    """Bytes that fit into a folder, in files of a given size, up to a bound."""
    written, number, block = 0, 0, b"\1" * 65536
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        while written < most:
            descriptor = os.open("%s/fill-%d" % (folder, number), os.O_CREAT | os.O_WRONLY, 0o600)
            try:
                for _ in range(size // len(block)):
                    written += os.write(descriptor, block)
            finally:
                os.close(descriptor)
            number += 1
    except OSError:
        pass
    return written


def disk(bait):
    result = {}
    for folder in ("/tmp", os.environ["HOME"], "/dev/shm"):
        if os.access(folder, os.W_OK):
            written = fill(folder, bait["fileBytes"], bait["temporaryBytes"] * 4)
            result["disk: fill %s" % folder] = written <= bait["temporaryBytes"]
            for name in os.listdir(folder):
                if name.startswith("fill-"):
                    os.unlink(os.path.join(folder, name))
    result["disk: one large file"] = fill("/tmp", bait["fileBytes"] * 2, bait["fileBytes"] * 2) <= bait["fileBytes"]
    return result


def burn(bait):
    del bait
    while True:
        pass


def flood(bait):
    del bait
    while True:
        os.write(1, b"x" * 65536)


def outlive(bait):
    """Leaves a grandchild that has its own session, ignores every polite signal, and does not end by itself."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", "import time; time.sleep(600)", bait["marker"]], start_new_session=True
    )
    print("{}", flush=True)
    time.sleep(600)


MODES = {
    "walls": walls,
    "pids": pids,
    "memory": memory,
    "disk": disk,
    "burn": burn,
    "flood": flood,
    "outlive": outlive,
}

print(json.dumps(MODES[sys.argv[1]](json.load(sys.stdin))))
