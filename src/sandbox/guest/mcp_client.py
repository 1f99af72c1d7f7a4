"""Talks to a server of the Model Context Protocol over its standard input and output, as an agent's client would.

Runs inside a sandbox only and starts the server as its child. It introduces itself, asks for tools, prompts and resources, calls each
tool with made-up arguments and then with arguments that try to break out of it, and asks for the tools again. Everything that the
server says is bounded (specification 2025-06-18, one JSON-RPC message a line).
"""
import json
import os
import re
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from mcp_connection import MOST_ENTRIES, Gone, Late, Server  # noqa: E402
from schema_values import arguments_of, attacking, foldered, has_text, plain  # noqa: E402

LONGEST_TEXT = 16000
LONGEST_ANSWER = 4000
ALL_TEXTS = 400000
CALL_SECONDS = 1.5


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
            for entry in (server.pages(method, sort) or [])[:MOST_ENTRIES]:
                report.send({"t": "given", "sort": sort, "entry": described(entry)})
    if tools is None:
        return []
    for tool in tools[:MOST_ENTRIES]:
        report.send({"t": "given", "sort": "tools", "entry": described(tool)})
    if len(tools) > MOST_ENTRIES:
        report.send({"t": "left", "what": "%d of its tools" % (len(tools) - MOST_ENTRIES)})
    report.send({"t": "listed", "names": [str(tool.get("name", ""))[:100] for tool in tools[:MOST_ENTRIES]]})
    server.settle()
    for number, tool in enumerate(sorted(tools[:MOST_ENTRIES], key=harm)):
        if time.monotonic() > server.deadline - CALL_SECONDS:
            report.send({"t": "left", "what": "calls of %d of its %d tools for lack of time" % (len(tools) - number, len(tools))})
            return tools
        give(server, report, tool)
    for number, tool in enumerate(tools[:MOST_ENTRIES]):
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
