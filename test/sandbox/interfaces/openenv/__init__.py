"""
A stub, for tests, of what OpenEnv makes of an environment: a web application (ASGI) with `/schema`, `/reset`, `/step`, `/state` and a web
socket. As there, a request has an environment of its own, and a session over the socket keeps one.
"""
import json
from types import SimpleNamespace


class Application:
    def __init__(self, make, action):
        self.make, self.action = make, action
        self.routes = [SimpleNamespace(path=path) for path in ("/schema", "/reset", "/step", "/state", "/ws")]

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            while True:
                what = (await receive())["type"]
                await send({"type": what + ".complete"})
                if what == "lifespan.shutdown":
                    return
        if scope["type"] == "websocket":
            return await self.session(receive, send)
        asked = json.loads((await receive())["body"] or b"{}")
        status, answer = self.answer(scope["path"], asked)
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    def answer(self, path, asked):
        if path == "/schema":
            return 200, {"action": self.action}
        environment = self.make()
        if path == "/reset":
            return 200, environment.reset()
        if path == "/state":
            return 200, {"steps": environment.steps}
        if path != "/step":
            return 404, {}
        try:
            return 200, environment.step(asked["action"])
        except (KeyError, ValueError):
            return 422, {}

    async def session(self, receive, send):
        environment = self.make()
        await receive()
        await send({"type": "websocket.accept"})
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            asked = json.loads(message["text"])
            if asked["type"] == "reset":
                answer = environment.reset()
            elif asked["type"] == "step":
                answer = environment.step(asked["data"])
            else:
                answer = {"steps": environment.steps}
            await send({"type": "websocket.send", "text": json.dumps({"type": "observation", "data": answer})})


def create_app(make, action):
    return Application(make, action)
