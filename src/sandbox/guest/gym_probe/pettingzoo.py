"""Environments of many agents: PettingZoo's two interfaces, one agent at a time (AEC) and all at once (parallel)."""
import inspect
import math
import sys
import time

from .attempt import attempt
from .contract import Contract
from .discover import classes_of, needs_arguments
from .observations import Watch

MOST_SECONDS = 3.0
FACTORIES = ("env", "parallel_env", "raw_env")


def makers_of(owned):
    """The functions that PettingZoo's modules offer by convention, else the target's own classes of its bases."""
    library = sys.modules["pettingzoo"]
    bases = tuple(base for base in (getattr(library, "AECEnv", None), getattr(library, "ParallelEnv", None)) if inspect.isclass(base))
    makers, seen = [], set()
    for name, module in sorted(sys.modules.items()):
        if name.split(".")[0] not in owned or module is None:
            continue
        # One of them is enough: the others make the same with other wrappers.
        for factory in FACTORIES:
            value = vars(module).get(factory)
            if callable(value) and not needs_arguments(value) and id(value) not in seen:
                seen.add(id(value))
                makers.append((name + "." + factory, value))
                if factory != "env":
                    break
    covered = {label.rpartition(".")[0] for label, _ in makers}
    for label, value in classes_of(owned, bases):
        if label.rpartition(".")[0] not in covered and not needs_arguments(value):
            makers.append((label, value))
    return makers, bases


def drive_agents(recorder, job, owned):
    """Drives each for the full count of steps, within its time; gives how many there were."""
    makers, bases = makers_of(owned)
    for identifier, make in makers[:20]:
        contract = Contract(recorder, identifier)
        recorder.enter("make")
        ok, env = attempt(recorder, identifier, make)
        if not ok:
            continue
        contract.expect(isinstance(env, bases) if bases else True, "no-agent-environment", "it is neither an AECEnv nor a ParallelEnv")
        is_parallel = not hasattr(env, "agent_iter")
        recorder.enter("reset")
        ok, _ = attempt(recorder, identifier, lambda: env.reset(seed=0))
        if ok:
            recorder.enter("step")
            walk = parallel_steps if is_parallel else turn_steps
            attempt(recorder, identifier, lambda: run(recorder, identifier, env, contract, walk, job["steps"]))
        recorder.enter("close")
        attempt(recorder, identifier, env.close)
        recorder.leave()
    return len(makers)


def run(recorder, identifier, env, contract, walk, count):
    watch, began, deadline = Watch(contract), time.monotonic(), time.monotonic() + MOST_SECONDS
    done, episodes = 0, 1
    for step in walk(env, contract, watch):
        if step:
            done += 1
            recorder.step = done + 1
        else:
            episodes += 1
        # An episode without a single step would go on for ever.
        if done >= count or time.monotonic() > deadline or episodes > done + 10:
            break
    recorder.step = 0
    recorder.send({"t": "environment", "id": identifier, "steps": done, "episodes": episodes,
                   "stepMs": int((time.monotonic() - began) * 1000), "reached": 0})


def look(env, agent, contract, watch, index, observation, reward, info):
    try:
        inside = bool(env.observation_space(agent).contains(observation)) or isinstance(observation, dict)
    except Exception:
        inside = False
    contract.expect(inside, "observation-outside-space", "an observation of %s is not in its observation_space" % str(agent)[:40])
    try:
        finite = math.isfinite(float(reward))
    except (TypeError, ValueError):
        finite = False
    contract.expect(finite, "reward-not-finite", "a reward is not a finite number")
    if watch.wants(index):
        watch.look(observation, info)


def chosen(env, agent, observation):
    """A random action; a legal one where the environment says which are."""
    mask = observation.get("action_mask") if isinstance(observation, dict) else None
    space = env.action_space(agent)
    return space.sample(mask) if mask is not None else space.sample()


def turn_steps(env, contract, watch):
    """Gives True for a step, False for the end of an episode."""
    index = 0
    for agent in env.possible_agents[:50]:
        env.action_space(agent).seed(0)
    while True:
        for agent in env.agent_iter():
            observation, reward, terminated, truncated, info = env.last()
            if index < 100 or index % 50 == 0:
                look(env, agent, contract, watch, index, observation, reward, info)
            env.step(None if terminated or truncated else chosen(env, agent, observation))
            index += 1
            yield True
        yield False
        env.reset()


def parallel_steps(env, contract, watch):
    """Gives True for a step, False for the end of an episode."""
    index = 0
    observations, _ = env.reset(seed=0)
    for agent in env.possible_agents[:50]:
        env.action_space(agent).seed(0)
    while True:
        while env.agents:
            actions = {agent: chosen(env, agent, observations.get(agent)) for agent in env.agents}
            answer = env.step(actions)
            contract.expect(isinstance(answer, tuple) and len(answer) == 5, "step-not-five", "step() does not return five dicts")
            observations, rewards, _, _, infos = answer
            if index < 100 or index % 50 == 0:
                for agent in list(observations)[:20]:
                    look(env, agent, contract, watch, index, observations[agent], rewards.get(agent, 0), infos.get(agent))
            index += 1
            yield True
        yield False
        observations, _ = env.reset()
