"""Environments that a web application serves, as OpenEnv does (`/reset`, `/step`, `/state`): driven within this process, without a network."""
import asyncio
import gc
import sys
import time

import schema_values

from . import answers
from .asgi import Lifespan, Socket, request
from .attempt import attempt, quietly
from .contract import Contract
from .injections import WAYS, Injections
from .observations import Watch
from .rewards import Rewards
from .shares import shares

NAMES = ("app", "application", "api")
MOST_APPLICATIONS = 5
STEPS = 50
MOST_SECONDS = 6.0
CALL_SECONDS = 3.0
HOSTILE_SECONDS = 3.0


class Refused(Exception):
    """What was asked for politely was not given."""


def applications_of(owned):
    """(label, application, the path before `/step`) for every application of the target's modules that can be reset and stepped."""
    found, seen = [], set()
    for name, module in sorted(sys.modules.items()):
        if module is None or name.split(".")[0] not in owned:
            continue
        for attribute in NAMES:
            value = vars(module).get(attribute)
            _, paths = quietly(lambda: {getattr(route, "path", None) for route in getattr(value, "routes", ())})
            prefixes = [path[:-len("/step")] for path in sorted(p for p in paths or () if isinstance(p, str)) if path.endswith("/step")]
            prefix = next((each for each in prefixes if each + "/reset" in paths), None)
            if callable(value) and prefix is not None and id(value) not in seen and len(found) < MOST_APPLICATIONS:
                seen.add(id(value))
                found.append((name + "." + attribute, value, prefix, prefix + "/ws" in paths))
    return found


def drive_applications(recorder, owned, is_short, deadline):
    """Drives each, a short life without hostile actions; gives the target's own classes that they made instances of."""
    found, made = applications_of(owned), set()
    for (identifier, app, prefix, has_socket), seconds in shares(recorder, found, deadline):
        service = Service(recorder, identifier, app, prefix, has_socket)
        service.made = made
        attempt(recorder, identifier, lambda: service.drive(is_short, seconds))
        recorder.leave()
    return made


class Service:
    """One application, with what its environment expects as an action."""

    def __init__(self, recorder, identifier, app, prefix, has_socket):
        self.recorder, self.identifier, self.app, self.prefix, self.has_socket = recorder, identifier, app, prefix, has_socket
        self.contract = Contract(recorder, identifier)
        self.watch, self.rewards = Watch(self.contract), Rewards(self.contract)
        self.schema, self.is_wrapped, self.done, self.why = {}, True, 0, ""
        self.made = set()

    def drive(self, is_short, seconds):
        """Half of the seconds at most go into plain and malformed actions, a third into hostile ones."""
        began = time.monotonic()
        asyncio.run(self.live(began + min(MOST_SECONDS, seconds / 2), 0.0 if is_short else min(HOSTILE_SECONDS, seconds / 3)))
        if self.done == 0:
            raise Refused("no action that was made up for it was taken: %s" % self.why)
        self.rewards.judge()
        self.recorder.send({"t": "environment", "id": self.identifier, "steps": self.done, "episodes": 1,
                            "stepMs": int((time.monotonic() - began) * 1000), "reached": 0})

    async def live(self, deadline, hostile_seconds):
        self.recorder.enter("make")
        async with Lifespan(self.app, CALL_SECONDS):
            await self.learn()
            self.recorder.enter("reset")
            status, answer = await self.ask("POST", "/reset", {})
            if status >= 400:
                raise Refused("/reset answered with %d" % status)
            self.take(answer)
            self.note_made()
            self.recorder.enter("step")
            await self.steps(3 if self.has_socket else STEPS, deadline)
            await self.ask("GET", "/state", None)
            if self.has_socket:
                await self.converse(deadline)
            await self.malformed(deadline)
            if hostile_seconds > 0:
                await self.attack(time.monotonic() + hostile_seconds)
            self.recorder.enter("close")

    async def ask(self, method, path, content):
        return await request(self.app, method, self.prefix + path, content, CALL_SECONDS)

    async def learn(self):
        """What an action looks like: the answer of `/schema`, else what the application says of its own route."""
        _, schemas = await self.ask("GET", "/schema", None)
        if isinstance(schemas, dict) and isinstance(schemas.get("action"), dict):
            self.schema = schemas["action"]
            return
        described, parts = self.description()
        action = schema_values.resolved((described.get("properties") or {}).get("action") or {}, parts)
        self.is_wrapped = bool(action)
        self.schema = dict(action or described, **{"$defs": parts})

    def description(self):
        """(schema of the body of `/step`, the schemas that it may refer to)."""
        _, whole = quietly(self.app.openapi)
        try:
            parts = (whole.get("components") or {}).get("schemas") or {}
            body = whole["paths"][self.prefix + "/step"]["post"]["requestBody"]["content"]["application/json"]["schema"]
            return schema_values.resolved(body, parts), parts
        except (AttributeError, KeyError, TypeError):
            return {}, {}

    def action(self, text):
        return schema_values.arguments_of(self.schema, lambda name, schema, kind: text)

    def body(self, text):
        return {"action": self.action(text)} if self.is_wrapped else self.action(text)

    def take(self, answer):
        """Looks at what was answered; gives whether the episode is over."""
        answer = answer if isinstance(answer, dict) else {}
        self.watch.look(answer, None)
        if answer.get("reward") is not None:
            self.rewards.add(answer["reward"])
        return bool(answer.get("done"))

    async def steps(self, count, deadline):
        for _ in range(count):
            if time.monotonic() > deadline:
                break
            self.recorder.step = self.done + 1
            status, answer = await self.ask("POST", "/step", self.body("hello"))
            if status >= 400:
                self.why = "/step answered with %d" % status
                break
            self.done += 1
            if self.take(answer):
                await self.ask("POST", "/reset", {})
        self.recorder.step = 0

    async def converse(self, deadline):
        """A session over its web socket: there one environment lives on from step to step."""
        async with Socket(self.app, self.prefix + "/ws", CALL_SECONDS) as socket:
            self.take(data_of(await socket.ask({"type": "reset", "data": {}})))
            for _ in range(STEPS):
                if time.monotonic() > deadline:
                    break
                self.recorder.step = self.done + 1
                answer = await socket.ask({"type": "step", "data": self.action("hello")})
                if not isinstance(answer, dict) or answer.get("type") == "error":
                    self.why = "its web socket answered with an error"
                    break
                self.done += 1
                if self.take(data_of(answer)):
                    await socket.ask({"type": "reset", "data": {}})
            self.recorder.step = 0
            self.note_made()
            await socket.ask({"type": "state"})

    def note_made(self):
        """The classes of which there are instances now."""
        self.made.update({type(each) for each in gc.get_objects()})

    async def malformed(self, deadline):
        """What models give on a bad day may be refused, and should not bring it down."""
        for name, text in answers.malformed():
            if time.monotonic() > deadline:
                break
            status, _ = await self.ask("POST", "/step", self.body(text))
            self.contract.expect(status < 500, "fails-with-answer", "it fails when it is given %s: status %d" % (name, status))

    async def attack(self, deadline):
        """
        Texts that leave a trace where somebody executes them. Not in a child, as elsewhere: the threads that an application has begun would
        be missing there.
        """
        injections = Injections()
        named = " ".join([str(self.schema.get("title", ""))] + list(self.schema.get("properties") or {})).replace("_", " ")
        name = "text-executed" if answers.asks_for_code(named) else "injection-executed"
        self.recorder.circumstance = "given text that is made to be executed"
        tried = refused = 0
        try:
            for _, text in answers.hostile(injections):
                if time.monotonic() > deadline:
                    break
                status, _ = await self.ask("POST", "/step", self.body(text))
                tried, refused = tried + 1, refused + (status >= 400)
                for way in injections.traces():
                    self.contract.expect(False, name, "text that it was given as an action was executed as %s" % WAYS[way])
        finally:
            self.recorder.circumstance = None
        self.recorder.send({"t": "actions", "id": self.identifier, "tried": tried, "refused": refused})


def data_of(answer):
    return answer.get("data") if isinstance(answer, dict) else None
