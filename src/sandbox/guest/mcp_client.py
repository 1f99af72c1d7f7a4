"""Talks to a server of the Model Context Protocol over its standard input and output, as an agent's client would.

Runs inside a sandbox only and starts the server as its child. It introduces itself, asks for tools, prompts and resources, calls each
tool with made-up arguments and then with arguments that try to break out of it, and asks for the tools again. Everything that the
server says is bounded (specification 2025-06-18, one JSON-RPC message a line).
"""
import json
import os
import re
import select
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from schema_values import arguments_of, attacking, foldered, has_text, plain  # noqa: E402

MOST_BYTES = 8 << 20
MOST_MESSAGES = 5000
MOST_TOOLS = 64
MOST_PAGES = 10
LONGEST_TEXT = 16000
LONGEST_ANSWER = 4000
ALL_TEXTS = 400000
START_SECONDS = 10.0
LIST_SECONDS = 2.0
CALL_SECONDS = 1.5
LEAVE_SECONDS = 0.4
SETTLE_SECONDS = 0.2


class Gone(Exception):
    """The server has ended, or said more than is read."""


class Late(Exception):
    """No answer in time."""


class Report:
    def __init__(self, nonce):
        self.nonce = nonce
        self.left = ALL_TEXTS

    def send(self, record):
        line = json.dumps(record)
        self.left -= len(line)
        if self.left < 0 and record["t"] not in ("end", "call", "left"):
            return
        try:
            os.write(1, ("\n" + self.nonce + line + "\n").encode("utf-8", "replace"))
        except OSError:
            pass

    def enter(self, name):
        """Begins a phase; the file that is asked for marks the place in a system call trace."""
        self.send({"t": "enter", "name": name})
        os.access("/.sbx-phase/" + name, os.F_OK)


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
            if not isinstance(cursor, str) or not cursor or len(entries) > MOST_TOOLS:
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


def described(entry):
    """What an agent reads of a tool, prompt or resource, bounded."""
    kept = {}
    for key in ("name", "title", "description", "uri", "inputSchema", "annotations", "arguments"):
        if key in entry:
            text = json.dumps(entry[key])
            kept[key] = entry[key] if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT]
    return kept


def safe(name):
    return re.sub(r"[^A-Za-z0-9_.-]", "_", str(name))[:60] or "_"


def text_of(result):
    """The text of a tool's answer."""
    parts = result.get("content")
    texts = [str(part.get("text", "")) for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    return "\n".join(texts)[:LONGEST_ANSWER]


def harm(tool):
    """What says that it only reads is called first, what says that it destroys last, so that there is something left to work on."""
    hints = tool.get("annotations")
    hints = hints if isinstance(hints, dict) else {}
    if hints.get("readOnlyHint") is True:
        return 0
    return 2 if hints.get("destructiveHint") is True else 1


def arguments_for(tool):
    """Plausible arguments; a path of a tool that is about folders is one."""
    name = re.sub(r"([a-z])([A-Z])", r"\1_\2", str(tool.get("name", ""))).lower()
    return arguments_of(tool.get("inputSchema"), foldered if re.search(r"dir|folder|tree|search", name) else plain)


def give(server, report, tool):
    """Calls a tool with all its arguments; where that fails, with those alone that it has to have, since some exclude each other."""
    arguments = arguments_for(tool)
    if call(server, report, tool, "tool", arguments):
        return
    schema = tool.get("inputSchema")
    required = schema.get("required") if isinstance(schema, dict) else None
    least = {name: value for name, value in arguments.items() if isinstance(required, list) and name in required}
    if least != arguments:
        call(server, report, tool, "tool", least)


def call(server, report, tool, kind, arguments):
    """Calls a tool and says how that ended. Gives whether it answered."""
    name = str(tool.get("name", ""))
    began = time.monotonic()
    report.enter("%s %s" % (kind, safe(name)))
    outcome, text = "answered", ""
    try:
        result = server.ask("tools/call", {"name": name, "arguments": arguments}, CALL_SECONDS)
        text = text_of(result)
        if "error" in result:
            outcome = "refused"
        elif result.get("isError"):
            outcome = "failed"
    except Late:
        outcome = "did not answer"
    except Gone:
        outcome = "ended the server"
        raise
    finally:
        report.send({"t": "call", "name": name[:200], "kind": kind, "outcome": outcome, "text": text,
                     "ms": int((time.monotonic() - began) * 1000)})
    return outcome == "answered"


def converse(server, report):
    """One whole conversation. Gives the tools as they were listed at first, or None when the server never answered."""
    greeting = server.begin()
    if isinstance(greeting.get("instructions"), str):
        report.send({"t": "given", "sort": "instructions", "entry": {"instructions": greeting["instructions"][:LONGEST_TEXT]}})
    tools = server.pages("tools/list", "tools")
    for sort, method in (("prompts", "prompts/list"), ("resources", "resources/list")):
        announced = greeting.get("capabilities")
        if isinstance(announced, dict) and sort in announced:
            for entry in (server.pages(method, sort) or [])[:MOST_TOOLS]:
                report.send({"t": "given", "sort": sort, "entry": described(entry)})
    if tools is None:
        return []
    for tool in tools[:MOST_TOOLS]:
        report.send({"t": "given", "sort": "tools", "entry": described(tool)})
    if len(tools) > MOST_TOOLS:
        report.send({"t": "left", "what": "%d of its tools" % (len(tools) - MOST_TOOLS)})
    report.send({"t": "listed", "names": [str(tool.get("name", ""))[:100] for tool in tools[:MOST_TOOLS]]})
    server.settle()
    for number, tool in enumerate(sorted(tools[:MOST_TOOLS], key=harm)):
        if time.monotonic() > server.deadline - CALL_SECONDS:
            report.send({"t": "left", "what": "calls of %d of its %d tools for lack of time" % (len(tools) - number, len(tools))})
            return tools
        give(server, report, tool)
    for number, tool in enumerate(tools[:MOST_TOOLS]):
        for variant in range(2):
            if not has_text(tool.get("inputSchema")):
                break
            if time.monotonic() > server.deadline - CALL_SECONDS:
                return tools
            call(server, report, tool, "attack", arguments_of(tool.get("inputSchema"), attacking(2 * number + variant)))
    return tools


def compare(report, before, after, when):
    """Says which tools are described otherwise than before."""
    known = {str(tool.get("name", "")): described(tool) for tool in before}
    for tool in after:
        name = str(tool.get("name", ""))
        if name in known and described(tool) != known[name]:
            report.send({"t": "changed", "name": name[:200], "when": when})
        elif name not in known:
            report.send({"t": "changed", "name": name[:200], "when": when})
        else:
            continue
        report.send({"t": "given", "sort": "tools", "entry": described(tool)})


def main():
    job = json.loads(sys.stdin.buffer.read(1 << 20).decode("utf-8"))
    report = Report(job["nonce"])
    deadline = time.monotonic() + job["seconds"]
    at = sys.argv.index("--")
    # The recorder inside the server reports on a channel of its own; its standard output carries the protocol.
    os.dup2(1, 8)
    environment = dict(os.environ, SBX_RECORDER=json.dumps(job["recorder"]), SBX_RECORDER_CHANNEL="8")
    environment.update(job.get("environment", {}))
    report.enter("run")
    server = Server(sys.argv[at + 1:], environment, deadline)
    tools, state = [], "answered"
    try:
        try:
            tools = converse(server, report)
            again = server.pages("tools/list", "tools")
            compare(report, tools, again or [], "after its tools had been called")
        except Late:
            state = "silent" if not server.messages else "late"
        except Gone:
            state = "silent" if not server.messages else "gone"
    finally:
        report.enter("run")
        status = server.end()
    for method in sorted(set(server.asked)):
        if method not in ("ping", "roots/list"):
            report.send({"t": "note", "what": "it asked its client for %s" % safe(method.replace("/", "."))})
    if tools and deadline - time.monotonic() > 2 * CALL_SECONDS:
        second = Server(sys.argv[at + 1:], environment, deadline)
        try:
            second.begin()
            compare(report, tools, second.pages("tools/list", "tools") or [], "when it was started a second time")
        except (Late, Gone):
            pass
        finally:
            second.end()
    report.send({"t": "conversed", "state": state})
    sys.stdout.flush()
    os._exit(0 if status is None else status & 255)


main()
