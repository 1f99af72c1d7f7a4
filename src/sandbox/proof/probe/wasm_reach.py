"""The network, sockets and processes, as far as Python in WebAssembly can ask for them."""

import os
import socket
import urllib.request

from outcome import fails, held_if, moot, none_of, untried, worst
from pyodide.ffi import JsException

REFUSALS = (OSError, JsException)


def told_outside(attempt):
    """What takes something and says nothing: whether it arrived, whoever listens outside knows."""
    try:
        attempt()
    except REFUSALS as error:
        return held_if(True, error)
    except Exception as error:
        return untried("%s: %s" % (type(error).__name__, error))
    return moot("taken without an answer: a listener outside says whether it arrived")


def connects(bait, six):
    addresses = [each for each in bait["addresses"] if (":" in each) == six]
    if not addresses:
        return moot("no such address here")

    def attempt(address):
        with socket.create_connection((address, bait["port"]), 2) as connection:
            connection.sendall(b"sbx")
            return connection.recv(1)

    return worst([fails(lambda each=each: attempt(each), *REFUSALS) for each in addresses])


def datagram(bait):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"sbx", ("127.0.0.1", bait["port"]))


def lookup(bait):
    """Names are made up inside, of numbers that lead nowhere; the address of the host itself must not come out."""
    try:
        found = {each[4][0] for each in socket.getaddrinfo(bait["hostName"], 80)}
    except REFUSALS as error:
        return held_if(True, error)
    return none_of(sorted(found & set(bait["addresses"])))


def listens():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        return server.getsockname()


def by_python(bait):
    return urllib.request.urlopen("http://127.0.0.1:%d/" % bait["port"], timeout=2).status


def by_javascript(bait):
    from pyodide import http

    url = "http://127.0.0.1:%d/" % bait["port"]
    ways = (lambda: http.open_url(url), lambda: http.pyxhr.get(url), lambda: http.pyfetch(url).send(None))
    return worst([fails(each, ImportError, NameError, RuntimeError, *REFUSALS) for each in ways])


def network(bait):
    return {
        "network: TCP over IPv4": connects(bait, False),
        "network: TCP over IPv6": connects(bait, True),
        "network: UDP": told_outside(lambda: datagram(bait)),
        "network: DNS lookup": lookup(bait),
        "network: listening": fails(listens, *REFUSALS),
        "network: HTTP by Python": fails(lambda: by_python(bait), *REFUSALS),
        "network: HTTP by JavaScript": by_javascript(bait),
    }


def unix_sockets(bait):
    if not hasattr(socket, "AF_UNIX"):
        return {"unix-sockets: " + name: moot("there are none here") for name in ("by path", "abstract", "container engine")}

    def connect(path):
        with socket.socket(socket.AF_UNIX) as one:
            one.settimeout(2)
            one.connect(path)
            return one.send(b"sbx")

    def all_of(paths):
        return worst([fails(lambda each=each: connect(each), *REFUSALS) for each in paths])

    return {
        "unix-sockets: by path": all_of(bait["unixSockets"]),
        "unix-sockets: abstract": all_of(["\0" + bait["abstractSocket"]]),
        "unix-sockets: container engine": all_of(bait["engineSockets"]),
    }


def seen(bait):
    """Processes of the host, by what /proc shows."""
    found = []
    for name in os.listdir("/proc"):
        try:
            with open("/proc/%s/cmdline" % name, "rb") as file:
                found += [name] if bait["marker"].encode() in file.read(1 << 16) else []
        except OSError:
            pass
    return none_of(found)


def processes(bait):
    return {
        "processes: seen": seen(bait),
        "processes: signals": told_outside(lambda: os.kill(bait["baitProcess"], 9)),
    }
