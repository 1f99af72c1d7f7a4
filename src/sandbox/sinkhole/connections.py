"""Takes every connection, finds out what is spoken on it, answers so that the client goes on talking, and writes down what it sent."""

import itertools
import re
import socket
import ssl
import struct
import threading

import answers
from journal import Stream
from nameserver import number_of

# Seconds: until a client that says nothing is greeted, and until one that goes silent is left.
GREET_AFTER, IDLE = 0.4, 2.5
MOST_AT_ONCE, MOST_CONNECTIONS = 200, 3000
MOST_READ = 64 << 20
LONGEST_HEAD = 64 << 10
REQUEST = re.compile(rb"([A-Z]{3,16}) ([^ \r\n]{1,60000}) HTTP/1\.[01]\r?\n")
GREETINGS = {21: b"220 FTP server ready\r\n", 22: b"SSH-2.0-OpenSSH_9.6\r\n", 25: b"220 mail ESMTP\r\n", 587: b"220 mail ESMTP\r\n",
             465: b"220 mail ESMTP\r\n", 110: b"+OK ready\r\n", 143: b"* OK ready\r\n", 6667: b":irc 001 user :Welcome\r\n"}
MAIL_PORTS, FILE_PORTS = (25, 465, 587), (21,)


class Closed(Exception):
    """The client is gone, or has had its share."""


class Talk:
    """One connection: its bytes, and what is known of its other end."""

    def __init__(self, plug, stream, host, address, port):
        self.plug, self.stream, self.host, self.address, self.port = plug, stream, host, address, port
        self.pending, self.read_bytes, self.scheme = b"", 0, "http"

    def more(self, seconds=IDLE):
        """Waits for bytes of the client; b"" when none came in time."""
        self.plug.settimeout(seconds)
        try:
            content = self.plug.recv(65536)
        except (socket.timeout, ssl.SSLWantReadError):
            return b""
        except (OSError, ValueError) as error:
            raise Closed() from error
        self.read_bytes += len(content)
        if not content or self.read_bytes > MOST_READ:
            raise Closed()
        self.stream.take(content)
        self.pending += content
        return content

    def line(self):
        """The next line without its end; what is longer than a head may be is cut into several."""
        while b"\n" not in self.pending and len(self.pending) < LONGEST_HEAD:
            if not self.more():
                raise Closed()
        end = self.pending.find(b"\n")
        end = len(self.pending) - 1 if end < 0 else end
        line, self.pending = self.pending[:end], self.pending[end + 1:]
        return line.rstrip(b"\r")

    def skip(self, count):
        """Passes over a body, which was written down as it came."""
        while len(self.pending) < count:
            count -= len(self.pending)
            self.pending = b""
            if not self.more():
                raise Closed()
        self.pending = self.pending[count:]

    def send(self, content):
        try:
            self.plug.settimeout(IDLE)
            self.plug.sendall(content)
        except (OSError, ValueError) as error:
            raise Closed() from error


class Reception:
    """Answers connections, each in a thread of its own."""

    def __init__(self, journal, names, name_server, authority, gate):
        self.journal, self.names, self.name_server = journal, names, name_server
        self.authority, self.gate = authority, gate
        self.numbers, self.requests = itertools.count(1), itertools.count(1)
        self.slots, self.active = threading.Semaphore(MOST_AT_ONCE), 0
        self.lock = threading.Lock()

    def listen(self, listener, destination):
        """@param destination gives the address and port that a connection was meant for, or None for one that is not known"""
        def accept():
            while True:
                try:
                    plug, peer = listener.accept()
                except OSError:
                    return
                number = next(self.numbers)
                meant = destination(plug, peer)
                if meant is None or number > MOST_CONNECTIONS or not self.slots.acquire(blocking=False):
                    self.journal.write("refused", port=0 if meant is None else meant[1])
                    plug.close()
                    continue
                threading.Thread(target=self.attend, args=(plug, number, *meant), daemon=True).start()
        threading.Thread(target=accept, daemon=True).start()

    def attend(self, plug, number, address, port):
        with self.lock:
            self.active += 1
        host = self.names.of_number(number_of(address)) or address
        self.journal.write("connection", connection=number, address=address, port=port, host=host)
        talk = Talk(plug, Stream(self.journal, number), host, address, port)
        try:
            self.converse(talk, number)
        except (Closed, OSError, ValueError, struct.error):
            pass
        finally:
            try:
                talk.plug.close()
            except OSError:
                pass
            with self.lock:
                self.active -= 1
            self.slots.release()

    def converse(self, talk, number):
        if talk.port == 53:
            return self.answer_names(talk)
        first = self.peek(talk.plug)
        if first[:1] == b"\x16":
            first = self.encrypt(talk, number)
        if self.gate is not None and self.gate.admits(talk, first):
            return self.gate.pass_on(talk, number)
        if not first and talk.port in GREETINGS:
            talk.send(GREETINGS[talk.port])
        if first and not talk.pending:
            talk.more()
        if not talk.pending and not talk.more():
            return None
        if REQUEST.match(talk.pending) or re.match(rb"[A-Z]{3,16} \S{0,60000}$", talk.pending):
            return self.answer_requests(talk, number)
        if talk.port in MAIL_PORTS or re.match(rb"(?:EHLO|HELO) ", talk.pending, re.I):
            return self.take_mail(talk)
        if talk.port in FILE_PORTS:
            return self.take_files(talk)
        while talk.more():
            talk.pending = b""
        return None

    def peek(self, plug):
        """The first byte, left where it is; b"" from a client that waits to be greeted."""
        plug.settimeout(GREET_AFTER)
        try:
            return plug.recv(1, socket.MSG_PEEK)
        except socket.timeout:
            return b""

    def encrypt(self, talk, number):
        """Becomes the server's side of TLS; the name that the client asks for is taken for the host's where none is known."""
        def choose(plug, name, _):
            if name:
                self.journal.write("tls", connection=number, name=name[:255])
                if talk.host[:1].isdigit() or ":" in talk.host:
                    talk.host = name.lower()[:255]
                plug.context = self.authority.context(name.lower()[:255])

        context = self.authority.context(talk.host)
        context.sni_callback = choose
        talk.plug.settimeout(IDLE)
        try:
            talk.plug = context.wrap_socket(talk.plug, server_side=True)
        except (OSError, ValueError) as error:
            # A client that trusts no made-up authority: what it would have sent stays unknown, and that is said.
            self.journal.write("untrusted", connection=number, reason=str(error)[:200])
            raise Closed() from error
        talk.scheme = "https"
        return b"\0"

    def answer_names(self, talk):
        while True:
            while len(talk.pending) < 2:
                if not talk.more():
                    return
            length = struct.unpack(">H", talk.pending[:2])[0]
            while len(talk.pending) < 2 + length:
                if not talk.more():
                    return
            message, talk.pending = talk.pending[2:2 + length], talk.pending[2 + length:]
            answer = self.name_server.answer(message)
            if answer is not None:
                talk.send(struct.pack(">H", len(answer)) + answer)

    def answer_requests(self, talk, number):
        while True:
            words = talk.line().split(b" ")
            if len(words) != 3:
                return
            method, target = words[0].decode("latin-1"), words[1].decode("latin-1")
            headers = {}
            while True:
                line = talk.line()
                if not line:
                    break
                name, _, value = line.partition(b":")
                if len(headers) < 200:
                    headers[name.decode("latin-1").lower()] = value.strip().decode("latin-1")
            host = re.sub(r":\d+$", "", headers.get("host", "")).strip("[]") or talk.host
            # What is asked of a proxy names the host that is meant.
            absolute = re.match(r"https?://([^/:?#]*)(?::\d+)?([^?#]*)", target, re.I)
            if absolute:
                host, path = absolute[1], absolute[2]
                talk.host = host.lower()[:255]
            else:
                path = re.split(r"[?#]", target, maxsplit=1)[0]
            request = next(self.requests)
            reply = answers.answer(method, host.lower(), path, headers, request)
            self.journal.write("request", connection=number, scheme=talk.scheme, method=method, host=talk.host, port=talk.port,
                               path=path[:1000], trace=reply.trace)
            if method == "CONNECT":
                talk.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
                name, _, port = target.rpartition(":")
                talk.host, talk.port = name.strip("[]"), int(port) if port.isdigit() else 0
                talk.pending = b""
                return self.converse(talk, number)
            if headers.get("expect", "").lower() == "100-continue":
                talk.send(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.skip_body(talk, headers)
            self.reply(talk, method, reply)
            if headers.get("connection", "").lower() == "close":
                return

    def skip_body(self, talk, headers):
        if "chunked" in headers.get("transfer-encoding", "").lower():
            while True:
                size = int(talk.line().split(b";")[0] or b"0", 16)
                if size < 0 or size > MOST_READ:
                    raise Closed()
                talk.skip(size)
                talk.line()
                if size == 0:
                    return
        length = headers.get("content-length", "0")
        talk.skip(min(int(length), MOST_READ) if length.isdigit() else 0)

    def reply(self, talk, method, reply):
        lines = ["HTTP/1.1 %d %s" % (reply.status, "OK" if reply.status == 200 else "Not Found"), "Server: nginx",
                 "Content-Type: " + reply.kind, "Content-Length: %d" % len(reply.body), *reply.headers]
        body = b"" if method == "HEAD" else reply.body
        talk.send(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body)

    def take_mail(self, talk):
        is_message = False
        while True:
            line = talk.line()
            if is_message:
                is_message = line != b"."
                if not is_message:
                    talk.send(b"250 OK queued\r\n")
                continue
            word = line[:4].upper()
            if word == b"DATA":
                is_message = True
                talk.send(b"354 go ahead\r\n")
            elif word == b"QUIT":
                return talk.send(b"221 bye\r\n")
            elif word == b"EHLO":
                talk.send(b"250-mail\r\n250 AUTH PLAIN LOGIN\r\n")
            elif word == b"AUTH":
                if line.count(b" ") < 2:
                    talk.send(b"334 \r\n")
                    talk.line()
                    if b"LOGIN" in line.upper():
                        talk.send(b"334 \r\n")
                        talk.line()
                talk.send(b"235 accepted\r\n")
            else:
                talk.send(b"250 OK\r\n")

    def take_files(self, talk):
        replies = {b"USER": b"331 password", b"PASS": b"230 logged in", b"PWD": b'257 "/"', b"TYPE": b"200 OK", b"QUIT": b"221 bye",
                   b"EPSV": b"229 Entering Extended Passive Mode (|||2121|)", b"SYST": b"215 UNIX Type: L8"}
        while True:
            word = talk.line().split(b" ")[0].upper()
            if word == b"PASV":
                # The same address, port 2121, which leads here like any other.
                parts = talk.address.replace(".", ",").encode()
                talk.send(b"227 Entering Passive Mode (%s,8,73)\r\n" % parts)
            elif word in (b"STOR", b"APPE", b"STOU"):
                talk.send(b"150 go ahead\r\n226 stored\r\n")
            else:
                talk.send(replies.get(word, b"250 OK") + b"\r\n")
