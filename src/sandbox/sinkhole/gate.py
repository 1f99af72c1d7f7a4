"""Lets connections to allowed hosts through, to a proxy outside: the only way out, and everything that passes is written down."""

import json
import socket
import threading

PIECE = 65536


class Gate:
    """
    @param allowed host name (lower case) and port of each; port 0 stands for every port
    @param proxy path of the proxy's socket: it takes one line of JSON with `host`, `port` and `tls`, answers with one line, `ok` or
                 the reason why not, and is then the other end
    """

    def __init__(self, allowed, proxy, journal):
        self.allowed, self.proxy, self.journal = allowed, proxy, journal

    @classmethod
    def from_settings(cls, settings, journal):
        allowed = {(each["host"].lower(), each["port"]) for each in settings.get("allowed", [])}
        return cls(allowed, settings["proxy"], journal) if allowed else None

    def is_open(self, host, port):
        return (host, port) in self.allowed or (host, 0) in self.allowed

    def pass_on(self, talk, number, first):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as proxy:
            proxy.settimeout(20)
            proxy.connect(self.proxy)
            order = {"host": talk.host, "port": talk.port, "tls": talk.scheme == "https"}
            proxy.sendall((json.dumps(order) + "\n").encode())
            reply = b""
            while not reply.endswith(b"\n") and len(reply) < 1000:
                piece = proxy.recv(1)
                if not piece:
                    break
                reply += piece
            if reply != b"ok\n":
                self.journal.write("not-passed", connection=number, reason=reply.decode("utf-8", "replace").strip()[:200])
                return
            self.journal.write("passed", connection=number)
            back = threading.Thread(target=self.copy_back, args=(proxy, talk), daemon=True)
            back.start()
            try:
                while True:
                    if talk.pending:
                        proxy.sendall(talk.pending)
                        talk.pending = b""
                    talk.more(60)
            finally:
                try:
                    proxy.shutdown(socket.SHUT_WR)
                except OSError:
                    pass
                back.join(20)

    def copy_back(self, proxy, talk):
        try:
            while True:
                content = proxy.recv(PIECE)
                if not content:
                    break
                talk.plug.sendall(content)
            talk.plug.shutdown(socket.SHUT_WR)
        except (OSError, ValueError):
            pass
