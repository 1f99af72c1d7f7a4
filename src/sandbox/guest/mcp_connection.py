"""One run of a server of the Model Context Protocol, spoken to over its standard input and output; all that it says is bounded."""
import json
import os
import select
import subprocess
import time

MOST_BYTES = 8 << 20
MOST_MESSAGES = 5000
MOST_ENTRIES = 64
MOST_PAGES = 10
START_SECONDS = 10.0
LIST_SECONDS = 2.0
LEAVE_SECONDS = 0.4
SETTLE_SECONDS = 0.2


class Gone(Exception):
    """The server has ended, or said more than is read."""


class Late(Exception):
    """No answer in time."""


class Server:
    """One run of the server, with a client in front of it."""

    def __init__(self, command, environment, deadline):
        self.deadline = deadline
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, pass_fds=[8])
        os.set_blocking(self.process.stdout.fileno(), False)
        self.buffer = b""
        self.read = 0
        self.messages = 0
        self.number = 0
        self.asked = []
        self.has_changed = False

    def write(self, message):
        data = (json.dumps(dict(message, jsonrpc="2.0")) + "\n").encode("utf-8")
        try:
            self.process.stdin.write(data)
            self.process.stdin.flush()
        except (OSError, ValueError):
            raise Gone()

    def ask(self, method, params, seconds):
        """The answer's result; an error of the server's as a dictionary with the key `error`."""
        self.number += 1
        number = self.number
        self.write({"id": number, "method": method, "params": params})
        until = min(time.monotonic() + seconds, self.deadline)
        while True:
            message = self.next(until)
            if message.get("id") == number and "method" not in message:
                result = message.get("result")
                return result if isinstance(result, dict) else {"error": message.get("error")}
            self.heed(message)

    def heed(self, message):
        """What a server may ask of its client, or tell it."""
        method = message.get("method")
        if method == "notifications/tools/list_changed":
            self.has_changed = True
        if not isinstance(method, str) or "id" not in message:
            return
        if len(self.asked) < 100:
            self.asked.append(method[:100])
        answer = {"id": message["id"]}
        if method == "ping":
            answer["result"] = {}
        elif method == "roots/list":
            answer["result"] = {"roots": [{"uri": "file:///home/user/Documents", "name": "Documents"}]}
        else:
            answer["error"] = {"code": -32601, "message": "Method not found"}
        self.write(answer)

    def next(self, until):
        while True:
            line, found, rest = self.buffer.partition(b"\n")
            if found:
                self.buffer = rest
                self.messages += 1
                if self.messages > MOST_MESSAGES:
                    raise Gone()
                try:
                    message = json.loads(line.decode("utf-8", "replace"))
                except (ValueError, RecursionError):
                    continue
                if isinstance(message, dict):
                    return message
                continue
            wait = until - time.monotonic()
            if wait <= 0:
                raise Late()
            ready, _, _ = select.select([self.process.stdout], [], [], wait)
            if not ready:
                continue
            data = os.read(self.process.stdout.fileno(), 65536)
            self.read += len(data)
            if not data or self.read > MOST_BYTES:
                raise Gone()
            self.buffer += data

    def begin(self):
        result = self.ask("initialize", {"protocolVersion": "2025-06-18", "capabilities": {"roots": {}, "sampling": {}},
                                         "clientInfo": {"name": "client", "version": "1.0.0"}}, START_SECONDS)
        self.write({"method": "notifications/initialized"})
        return result

    def settle(self):
        """Leaves a server that has asked something a moment to make use of the answer."""
        until = min(time.monotonic() + SETTLE_SECONDS, self.deadline)
        try:
            while self.asked:
                self.heed(self.next(until))
        except Late:
            pass

    def pages(self, method, key):
        """All entries of a list, page by page, or None when there is no such list."""
        entries, cursor = [], None
        for _ in range(MOST_PAGES):
            result = self.ask(method, {} if cursor is None else {"cursor": cursor}, LIST_SECONDS)
            found = result.get(key)
            if not isinstance(found, list):
                return entries if entries else None
            entries += [each for each in found if isinstance(each, dict)]
            cursor = result.get("nextCursor")
            if not isinstance(cursor, str) or not cursor or len(entries) > MOST_ENTRIES:
                break
        return entries

    def end(self):
        """Leaves as a client does: closes the input, waits a little, and ends what is still there."""
        try:
            self.process.stdin.close()
        except OSError:
            pass
        try:
            return self.process.wait(LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None
