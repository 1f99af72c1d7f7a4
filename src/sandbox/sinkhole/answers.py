"""What the sinkhole says to a request over HTTP: something that lets the client go on, and never anything that does harm."""

import json
import re

SCRIPT = re.compile(r"\.(?:py|sh|bash|js|mjs|cjs)$", re.I)
SCRIPT_WORD = re.compile(r"(?:^|[/_.-])(?:install|setup|bootstrap|payload|stage\d?|loader|run|update|script|code|raw|main|x)(?:$|[/_.-])", re.I)
ARCHIVE = re.compile(r"\.(?:zip|whl|gz|tgz|bz2|xz|tar|exe|dll|so|deb|rpm|dmg|jar|bin|pkl|pt|safetensors|onnx)$", re.I)
METADATA = {"169.254.169.254", "169.254.170.2", "fd00:ec2::254", "metadata.google.internal"}
LLM = re.compile(r"/(?:chat/completions|completions|responses|messages|embeddings)$|:(?:stream)?generateContent$", re.I)
TELLS_ADDRESS = re.compile(r"(?:^|[./])(?:ip|ipify|ifconfig|ipinfo|icanhazip|checkip|whatismyip)(?:[./]|$)", re.I)
# One of the addresses set aside for documentation (RFC 5737).
PUBLIC_ADDRESS = "198.51.100.23"

# Read as a shell script or as Python, it asks for a name that only it asks for, which the sinkhole's name server sees.
TRACE = """''':'
# sinkhole
getent hosts %(name)s >/dev/null 2>&1 || ping -c 1 -W 1 %(name)s >/dev/null 2>&1
exit 0
':'''
import socket
try:
    socket.getaddrinfo("%(name)s", 80)
except OSError:
    pass
"""
TRACE_JS = """// sinkhole
require('node:dns').lookup('%(name)s', () => {});
"""
TRACE_MODULE = """// sinkhole
import { lookup } from 'node:dns';
lookup('%(name)s', () => {});
"""
# A name below this one is asked for by a script that was downloaded from here and then run.
RAN = ".ran.invalid"


class Answer:
    def __init__(self, status, kind, body, headers=()):
        self.status, self.kind, self.headers = status, kind, headers
        self.body = body if isinstance(body, bytes) else body.encode()
        # The name that a served script asks for when it is run, or None.
        self.trace = None


def as_json(value, status=200, headers=()):
    return Answer(status, "application/json", json.dumps(value), headers)


def answer(method, host, path, headers, number):
    """
    @param path without the query
    @param headers by lower-case name
    @param number of the request, unlike every other's
    """
    agent, accepts = headers.get("user-agent", "").lower(), headers.get("accept", "").lower()
    if host in METADATA:
        return metadata(method, path)
    if LLM.search(path):
        return language_model(path)
    if path == "/simple" or path.startswith("/simple/") or ARCHIVE.search(path):
        return Answer(404, "text/html", "<h1>404 Not Found</h1>")
    if host.startswith("registry.") or re.match(r"/pypi/[^/]+(?:/[^/]+)?/json$", path):
        return as_json({"error": "Not found"}, 404)
    if method in ("GET", "HEAD"):
        if wants_script(path, agent, accepts):
            return script(path, number)
        if TELLS_ADDRESS.search(host + path) and "json" not in accepts + path:
            return Answer(200, "text/plain", PUBLIC_ADDRESS + "\n")
        if "text/html" in accepts or path.endswith((".html", ".htm")):
            return Answer(200, "text/html", "<!doctype html><html><head><title>Welcome</title></head><body>ok</body></html>")
        if path.endswith(".txt"):
            return Answer(200, "text/plain", "ok\n")
    return as_json({"ok": True, "success": True, "status": "ok", "id": "1", "ip": PUBLIC_ADDRESS, "result": {}, "data": [], "message": "ok"})


def wants_script(path, agent, accepts):
    if SCRIPT.search(path):
        return True
    if "json" in accepts or "html" in accepts or path.endswith((".json", ".txt", ".md", ".html")):
        return False
    # As `curl … | sh` does; a client of an interface asks for JSON or says what it is.
    return bool(SCRIPT_WORD.search(path)) or path in ("", "/") and agent.startswith(("curl", "wget"))


def script(path, number):
    name = "d%d%s" % (number, RAN)
    module = path.lower().endswith(".mjs")
    is_node = path.lower().endswith((".js", ".cjs"))
    text = TRACE_MODULE if module else TRACE_JS if is_node else TRACE
    made = Answer(200, "application/javascript" if module or is_node else "text/plain", text % {"name": name})
    made.trace = name
    return made


def metadata(method, path):
    """The shapes of cloud metadata services; the credentials say nothing."""
    if method == "PUT" and path.endswith("/token"):
        return Answer(200, "text/plain", "AQAEAM0ck0000000000000000000000000000000000000==")
    if path.endswith("/security-credentials/") or path.endswith("/security-credentials"):
        return Answer(200, "text/plain", "app-role")
    if "/security-credentials/" in path or path.startswith("/v2/credentials"):
        return as_json({"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": "decoy", "SecretAccessKey": "decoy", "Token": "decoy",
                        "Expiration": "2099-01-01T00:00:00Z"})
    if path.endswith("/token"):
        return as_json({"access_token": "decoy", "expires_in": 3599, "token_type": "Bearer"})
    return Answer(200, "text/plain", "ami-id\nhostname\niam/\ninstance-id\nlocal-ipv4\n")


def language_model(path):
    text = "OK."
    if path.endswith("/messages"):
        return as_json({"id": "msg_1", "type": "message", "role": "assistant", "model": "model", "stop_reason": "end_turn",
                        "content": [{"type": "text", "text": text}], "usage": {"input_tokens": 1, "output_tokens": 1}})
    if path.endswith("/embeddings"):
        return as_json({"object": "list", "model": "model", "data": [{"object": "embedding", "index": 0, "embedding": [0.0] * 8}],
                        "usage": {"prompt_tokens": 1, "total_tokens": 1}})
    if path.endswith("/responses"):
        content = [{"type": "output_text", "text": text, "annotations": []}]
        return as_json({"id": "resp_1", "object": "response", "status": "completed", "model": "model",
                        "output": [{"type": "message", "role": "assistant", "content": content}]})
    if path.endswith("enerateContent"):
        return as_json({"candidates": [{"content": {"role": "model", "parts": [{"text": text}]}, "finishReason": "STOP"}]})
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "text": text, "finish_reason": "stop"}
    return as_json({"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "model", "choices": [choice],
                    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}})
