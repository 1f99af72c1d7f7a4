"""Talks to a web application (ASGI 3) within this process, as a server would: requests and a web socket, and no network."""
import asyncio
import json

MOST_BYTES = 1 << 20
HEADERS = [(b"host", b"127.0.0.1"), (b"content-type", b"application/json")]


def scope_of(kind, path, **more):
    return dict({"type": kind, "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "path": path,
                 "raw_path": path.encode("utf-8"), "query_string": b"", "root_path": "", "headers": list(HEADERS),
                 "client": ("127.0.0.1", 1024), "server": ("127.0.0.1", 8000), "state": {}}, **more)


def parsed(data):
    try:
        return json.loads(data)
    except ValueError:
        return None


async def request(app, method, path, content, seconds):
    """(status, answer): the answer as JSON, None when it is none; 500 for an exception that nobody took."""
    body = b"" if content is None else json.dumps(content).encode("utf-8")
    status, chunks, is_asked, is_over = [500], [], [], asyncio.Event()

    async def receive():
        if is_asked:
            await is_over.wait()
            return {"type": "http.disconnect"}
        is_asked.append(True)
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        if message["type"] == "http.response.start":
            status[0] = int(message["status"])
        elif message["type"] == "http.response.body":
            if sum(map(len, chunks)) < MOST_BYTES:
                chunks.append(bytes(message.get("body", b"")))
            if not message.get("more_body"):
                is_over.set()
    headers = HEADERS + [(b"content-length", str(len(body)).encode("ascii"))]
    try:
        await asyncio.wait_for(app(scope_of("http", path, method=method, scheme="http", headers=headers), receive, send), seconds)
    except asyncio.TimeoutError:
        raise
    except Exception:
        return 500, None
    return status[0], parsed(b"".join(chunks)[:MOST_BYTES])


class Socket:
    """A conversation over a web socket, as an asynchronous context; JSON both ways."""

    def __init__(self, app, path, seconds):
        self.app, self.path, self.seconds = app, path, seconds
        self.inward, self.outward, self.task = None, None, None

    async def __aenter__(self):
        self.inward, self.outward = asyncio.Queue(), asyncio.Queue()
        scope = scope_of("websocket", self.path, scheme="ws", subprotocols=[])
        self.task = asyncio.ensure_future(self.app(scope, self.inward.get, self.outward.put))
        await self.inward.put({"type": "websocket.connect"})
        if (await self.taken())["type"] != "websocket.accept":
            raise ConnectionError("%s does not take a web socket" % self.path)
        return self

    async def taken(self):
        """The next message of the application, or one that says that it has ended."""
        waiting = asyncio.ensure_future(self.outward.get())
        done, _ = await asyncio.wait({waiting, self.task}, timeout=self.seconds, return_when=asyncio.FIRST_COMPLETED)
        if waiting in done:
            return waiting.result()
        waiting.cancel()
        if not done:
            raise asyncio.TimeoutError("no answer")
        return {"type": "websocket.close"}

    async def ask(self, message):
        """Gives what is answered, or None when it hangs up."""
        await self.inward.put({"type": "websocket.receive", "text": json.dumps(message)})
        answer = await self.taken()
        return parsed(answer.get("text") or answer.get("bytes") or "null") if answer["type"] == "websocket.send" else None

    async def __aexit__(self, *_):
        await self.inward.put({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait({self.task}, timeout=self.seconds)
        self.task.cancel()


class Lifespan:
    """Has the application start up, and shut down in the end, where it wants to be told; as an asynchronous context."""

    def __init__(self, app, seconds):
        self.app, self.seconds, self.queue, self.told, self.task = app, seconds, None, None, None

    async def __aenter__(self):
        self.queue, self.told = asyncio.Queue(), asyncio.Queue()
        self.task = asyncio.ensure_future(self.app(scope_of("lifespan", ""), self.queue.get, self.told.put))
        answer = await self.say("lifespan.startup")
        if answer is not None and answer.get("type") == "lifespan.startup.failed":
            raise RuntimeError("its start-up failed: %s" % str(answer.get("message", ""))[:200])

    async def say(self, what):
        """The answer, or None where it takes none: an application may refuse this by ending."""
        await self.queue.put({"type": what})
        waiting = asyncio.ensure_future(self.told.get())
        done, _ = await asyncio.wait({waiting, self.task}, timeout=self.seconds, return_when=asyncio.FIRST_COMPLETED)
        if waiting in done:
            return waiting.result()
        waiting.cancel()
        return None

    async def __aexit__(self, *_):
        if not self.task.done():
            await self.say("lifespan.shutdown")
        await asyncio.wait({self.task}, timeout=self.seconds)
        self.task.cancel()
