"""Environments that run many copies at once: the vector interface of Gymnasium."""
import sys
import time

from .attempt import attempt
from .contract import Contract
from .discover import classes_of, needs_arguments, registries, top_module
from .observations import Watch

COPIES = 2
MOST_SECONDS = 2.0


def makers_of(owned):
    """What the target registered with a vector entry point, and its vector classes that need no arguments."""
    makers = []
    for library, registry in registries():
        if not hasattr(library, "make_vec"):
            continue
        for identifier, spec in sorted(registry.items()):
            if top_module(getattr(spec, "vector_entry_point", None)) in owned:
                makers.append((identifier, lambda l=library, i=identifier: l.make_vec(i, num_envs=COPIES, vectorization_mode="vector_entry_point")))
    base = getattr(sys.modules.get("gymnasium.vector"), "VectorEnv", None)
    for label, value in classes_of(owned, (base,) if base is not None else ()):
        if not needs_arguments(value) and not makers:
            makers.append((label, value))
    return makers


def drive_vectors(recorder, job, owned):
    """Drives each for the full count of steps, within its time; gives how many there were."""
    makers = makers_of(owned)
    for identifier, make in makers[:20]:
        drive_vector(recorder, identifier, make, job["steps"], time.monotonic() + MOST_SECONDS)
    return len(makers)


def drive_vector(recorder, identifier, make, count, deadline):
    contract = Contract(recorder, identifier)
    recorder.enter("make")
    ok, env = attempt(recorder, identifier, make)
    if not ok:
        return
    recorder.enter("reset")
    ok, _ = attempt(recorder, identifier, lambda: env.reset(seed=0))
    if ok:
        recorder.enter("step")
        watch = Watch(contract)

        def go():
            began, done = time.monotonic(), 0
            copies = int(getattr(env, "num_envs", COPIES))
            while done < count and time.monotonic() < deadline:
                recorder.step = done + 1
                answer = env.step(env.action_space.sample())
                size = len(answer) if isinstance(answer, tuple) else 0
                contract.expect(size == 5, "step-not-five", "step() returns %d values instead of 5" % size)
                if size != 5:
                    break
                done += 1
                if done < 100 or done % 50 == 0:
                    contract.observation(env, answer[0])
                for name, values in zip(("rewards", "terminations", "truncations"), answer[1:4]):
                    contract.expect(getattr(values, "shape", None) == (copies,), name + "-not-per-copy",
                                    "the %s of step() are not one for each of %d copies" % (name, copies))
                if watch.wants(done):
                    watch.look(answer[0], answer[4])
            recorder.step = 0
            recorder.send({"t": "environment", "id": identifier, "steps": done, "episodes": copies,
                           "stepMs": int((time.monotonic() - began) * 1000), "reached": 0})
        attempt(recorder, identifier, go)
    recorder.enter("close")
    attempt(recorder, identifier, env.close)
    recorder.leave()
