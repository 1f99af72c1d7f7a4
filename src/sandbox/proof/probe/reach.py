"""Network, name resolution and sockets: nothing outside the sandbox may be reached."""

import errno
import os
import socket
import stat

from outcome import HELD, held_if, in_child, is_refused, moot, none_of

VSOCK, PACKET, NETLINK, BLUETOOTH = 40, 17, 16, 31
LONGEST = 107
CANNOT_CONNECT = (
    errno.ENOENT,
    errno.EACCES,
    errno.EPERM,
    errno.ECONNREFUSED,
    errno.EAFNOSUPPORT,
    errno.ENOTDIR,
    errno.ENAMETOOLONG,
    errno.ELOOP,
)


def connects(family, address, refusals=None):
    """True unless the connection is refused; with `refusals`, any other error means that something was there."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as client:
            client.settimeout(2)
            client.connect(address)
        return True
    except OSError as error:
        return refusals is not None and error.errno not in refusals


def is_there(path):
    """True when a socket answers at a path, also one of another kind; of a path that no address has room for, when it is seen."""
    if len(os.fsencode(path)) > LONGEST:
        return os.path.lexists(path)
    return connects(socket.AF_UNIX, path, CANNOT_CONNECT)


def sends(family, address):
    """True when the kernel takes a datagram; whether it arrived is seen outside."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as client:
            client.sendto(b"sbx", address)
        return True
    except OSError:
        return False


def is_socket_refused(family, kind, protocol=0):
    return is_refused(lambda: socket.socket(family, kind, protocol).close())


def family_of(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def reached(bait, version):
    family = socket.AF_INET6 if version == 6 else socket.AF_INET
    addresses = [each for each in bait["addresses"] if family_of(each) == family]
    if not addresses:
        return moot("this machine has no address of version %d" % version)
    return none_of([each for each in addresses if connects(family, (each, bait["port"]))])


def datagrams(bait):
    for address in bait["addresses"]:
        sends(family_of(address), (address, bait["port"]))
    # A local socket says nothing of arrival: the listener outside does.
    return HELD


def routes():
    """Only the sandbox's own loopback may be up: no route leads anywhere else."""
    if is_socket_refused(socket.AF_INET, socket.SOCK_DGRAM):
        return moot("no socket can be made")
    found = []
    for path, device in (("/proc/net/route", 0), ("/proc/net/ipv6_route", -1)):
        try:
            lines = open(path).read().splitlines()[1 if device == 0 else 0 :]
        except OSError:
            continue
        found += [line.split()[device] for line in lines if line.split() and line.split()[device] != "lo"]
    return none_of(sorted(set(found)))


def resolver(bait):
    """The addresses of the host's resolver, where they differ from what every machine could have."""
    try:
        text = open("/etc/resolv.conf").read()
    except OSError:
        return HELD
    words = text.split()
    return none_of([each for each in bait["resolvers"] if each in words])


def lookup(bait):
    """Asks for a name that nobody has, and for this machine's own, with a time limit."""

    def attempt():
        for name in ("%s.invalid" % bait["marker"], bait["hostName"]):
            try:
                found = socket.getaddrinfo(name, 80)
            except OSError:
                continue
            if any(not each[4][0].startswith(("127.", "::1")) for each in found):
                return 1
        return 0

    status, _ = in_child(attempt, 8)
    # One that had to be ended got no answer either.
    return held_if(status != 1, "names are resolved")


def network(bait):
    return {
        "network: TCP over IPv4": reached(bait, 4),
        "network: TCP over IPv6": reached(bait, 6),
        "network: UDP": datagrams(bait),
        "network: routes": routes(),
        "network: DNS lookup": lookup(bait),
        "network: addresses of the host's resolver": resolver(bait),
        "network: raw socket": held_if(is_socket_refused(socket.AF_INET, socket.SOCK_RAW, 1), "made"),
        "network: packet socket": held_if(is_socket_refused(PACKET, socket.SOCK_RAW), "made"),
        "network: vsock": vsock(),
        "network: bluetooth": held_if(is_socket_refused(BLUETOOTH, socket.SOCK_RAW, 1), "made"),
    }


def vsock():
    """The way from a virtual machine to what runs it, which no network namespace closes."""
    return held_if(is_socket_refused(VSOCK, socket.SOCK_STREAM), "made")


def netlink(own_kernel):
    if own_kernel:
        return moot("answered by the sandbox's own kernel")
    return held_if(is_socket_refused(NETLINK, socket.SOCK_RAW), "made")


def unix_sockets(bait):
    def reachable(paths):
        return none_of([each for each in paths if is_there(each)])

    abstract = connects(socket.AF_UNIX, "\0" + bait["abstractSocket"])
    through_root = ["/proc/1/root" + each for each in bait["unixSockets"]]
    return {
        "unix-sockets: by path": reachable(bait["unixSockets"]),
        "unix-sockets: by path through process 1": reachable(through_root),
        "unix-sockets: container engine": reachable(bait["engineSockets"]),
        "unix-sockets: agents and desktop of the caller": reachable(bait["callerSockets"]),
        "unix-sockets: abstract": held_if(not abstract, "connected"),
        "unix-sockets: handed down": handed_down(),
    }


def handed_down():
    """Sockets that whoever started the sandbox left open."""
    found = []
    for number in range(3, 1024):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                found.append("descriptor %d" % number)
        except OSError:
            pass
    return none_of(found)
