"""Lets connections to allowed hosts through, to a proxy outside: the only way out. What is not written down does not pass."""

import ipaddress
import json
import queue
import re
import select
import socket
import ssl

from connections import LONGEST_HEAD, REQUEST, Closed

PIECE = 65536
# Seconds: until a silent connection ends, and until somebody who does not read is left.
IDLE, PATIENCE = 30, 20
HOST = re.compile(rb"\r?\nhost:[ \t]*\[?([^\r\n\]]{1,255}?)\]?(?::\d{1,5})?[ \t]*\r?\n", re.I)


def is_address(host):
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def named_in_head(talk):
    """The host that a request over HTTP names; "" where what is spoken is something else. What was read stays to be read."""
    while b"\n\r\n" not in talk.pending and b"\n\n" not in talk.pending:
        if len(talk.pending) > LONGEST_HEAD or b"\n" in talk.pending and not REQUEST.match(talk.pending) or not talk.more():
            break
    match = HOST.search(talk.pending) if REQUEST.match(talk.pending) else None
    return match[1].decode("latin-1") if match else ""


class Gate:
    """
    @param allowed objects with `host` (lower case), `isDomain` (everything below that name, and not the name itself) and `port`
                   (0 stands for every port)
    @param plugs connections to the proxy, one for each that may pass: made while we had the right to. Each takes one line of JSON with
                 `connection`, `host`, `port` and `tls`, answers with one line, `ok` or the reason why not, and is then the other end
    """

    def __init__(self, allowed, plugs, journal):
        self.allowed, self.journal, self.plugs = allowed, journal, queue.SimpleQueue()
        for plug in plugs:
            self.plugs.put(plug)

    @classmethod
    def from_settings(cls, settings, journal):
        if not settings["allowed"]:
            return None
        plugs = []
        for _ in range(settings["passages"]):
            plug = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            plug.connect(settings["proxy"])
            plugs.append(plug)
        return cls(settings["allowed"], plugs, journal)

    def is_open(self, host, port):
        host = host.lower().rstrip(".")
        return any(each["port"] in (0, port) and (host.endswith("." + each["host"]) if each["isDomain"] else host == each["host"])
                   for each in self.allowed)

    def admits(self, talk, first):
        """Whether a connection is meant for an allowed host: by the name that led to its address, else by what the client names."""
        if self.is_open(talk.host, talk.port):
            return True
        if talk.scheme == "https" or not b"A" <= first <= b"Z" or not is_address(talk.host):
            return False
        named = named_in_head(talk)
        if not self.is_open(named, talk.port):
            return False
        talk.host = named.lower()
        return True

    def pass_on(self, talk, number):
        def refuse(reason):
            self.journal.write("not-passed", connection=number, host=talk.host, reason=reason[:200])

        try:
            proxy = self.plugs.get_nowait()
        except queue.Empty:
            return refuse("no more connections may pass")
        with proxy:
            proxy.settimeout(PATIENCE)
            order = {"connection": number, "host": talk.host.lower().rstrip("."), "port": talk.port, "tls": talk.scheme == "https"}
            try:
                proxy.sendall((json.dumps(order) + "\n").encode())
                reply = self.line(proxy)
            except OSError:
                reply = b""
            if reply != b"ok\n":
                return refuse(reply.decode("utf-8", "replace").strip() or "the proxy is gone")
            if not self.journal.write("passed", connection=number, host=talk.host):
                return None
            try:
                if not self.copy(talk, proxy):
                    refuse("it sent more than is recorded")
            except (Closed, OSError):
                # One of the two is gone, which the other is told by the end of its connection.
                return None
        return None

    def line(self, proxy):
        reply = b""
        while not reply.endswith(b"\n") and len(reply) < 1000:
            piece = proxy.recv(1)
            if not piece:
                break
            reply += piece
        return reply

    def copy(self, talk, proxy):
        """One thread for both directions: TLS takes no two. False when there is more than can be written down."""
        poll, plug, is_done = select.poll(), talk.plug, False
        poll.register(plug, select.POLLIN)
        poll.register(proxy, select.POLLIN)
        while True:
            if talk.stream.is_cut:
                return False
            if talk.pending:
                proxy.sendall(talk.pending)
                talk.pending = b""
            waiting = not is_done and isinstance(plug, ssl.SSLSocket) and plug.pending() > 0
            ready = {handle for handle, _ in poll.poll(0 if waiting else IDLE * 1000)}
            if not ready and not waiting:
                return True
            if proxy.fileno() in ready:
                content = proxy.recv(PIECE)
                if not content:
                    self.finish(plug)
                    return True
                plug.settimeout(PATIENCE)
                plug.sendall(content)
            if waiting or plug.fileno() in ready:
                try:
                    talk.more()
                except Closed:
                    # It may still read what comes back.
                    is_done = True
                    poll.unregister(plug)
                    proxy.shutdown(socket.SHUT_WR)

    def finish(self, plug):
        """Tells a client over TLS that nothing is cut off."""
        if not isinstance(plug, ssl.SSLSocket):
            return
        try:
            plug.settimeout(0.3)
            plug.unwrap()
        except (OSError, ValueError):
            pass
