"""One environment's orderly life: make, reset, many steps, seeds, render, close."""
import time

from .attempt import attempt, quietly, told
from .contract import Contract, check_shape, reset
from .observations import Watch
from .output import Held
from .resources import BLOCK, Growth, check_left, count_children
from .repeat import check_repeats
from .rewards import Rewards

# What people try first, and the largest that every generator takes.
SEEDS = (1, 2, 7, 42, 100, 123, 1337, 2025, (1 << 31) - 1)
STEPS_PER_SEED = 25
SHORTEST_SEEDS_SECONDS = 0.02
MOST_REPEATING_SECONDS = 1.0
# Numbers of steps that a long run is said to have reached: what it took in between depends on the machine.
MILESTONES = (50000, 20000, 10000, 5000, 2000)


class Life:
    """How far it got: steps of those that were asked for, the milestone of the long run, episodes, milliseconds of stepping."""

    def __init__(self, contract):
        self.contract, self.steps, self.reached, self.episodes, self.spent = contract, 0, 0, 1, 0

    def tell(self, recorder, identifier):
        recorder.send({"t": "environment", "id": identifier, "steps": self.steps, "episodes": self.episodes, "stepMs": self.spent,
                       "reached": self.reached})


def steps(recorder, env, life, count, deadline, long_count, long_deadline):
    """
    So many steps until the deadline; then on to `long_count` while there is time for it: behaviour that waits is what that is for. A
    failure in the first part is the caller's to note, one after that is noted here.
    """
    contract = life.contract
    watch, rewards, growth = Watch(contract), Rewards(contract), Growth(contract)
    began = time.monotonic()

    def step(index):
        recorder.step = index + 1
        answer = env.step(env.action_space.sample())
        size = contract.step(answer)
        if size not in (4, 5):
            return False
        if index < 100 or index % 50 == 0:
            contract.observation(env, answer[0])
        if watch.wants(index):
            watch.look(answer[0], answer[-1])
        rewards.add(answer[1])
        if contract.is_done(answer):
            life.episodes += 1
            observation = reset(env, contract)
            if life.episodes < 20:
                watch.look(observation, None)
        return True

    for index in range(count):
        if time.monotonic() > deadline or not step(index):
            break
        life.steps += 1
    life.spent = int((time.monotonic() - began) * 1000)
    taken = life.steps
    if life.steps == count:
        growth.began = time.monotonic()
        with Held(recorder) as held:
            def go_on():
                done = count
                while done < long_count and time.monotonic() < long_deadline and step(done):
                    done += 1
                    if done % BLOCK == 0:
                        growth.mark()
                        held.bound()
                    life.reached = done
            error, _ = quietly(go_on)
        taken = max(taken, life.reached)
        contract.expect(error is None, "fails-late", "it failed after step %d: %s" % (taken, told(error) if error else ""))
        life.reached = next((mark for mark in MILESTONES if mark <= taken), 0)
    recorder.step = 0
    rewards.judge()
    growth.judge()


def try_seeds(recorder, env, contract, deadline):
    """A few steps under each of several seeds: behaviour may depend on one."""
    for seed in SEEDS:
        if time.monotonic() > deadline:
            break
        recorder.circumstance = "seeded with %d" % seed

        def live():
            reset(env, contract, seed)
            for _ in range(STEPS_PER_SEED):
                answer = env.step(env.action_space.sample())
                if not isinstance(answer, tuple) or len(answer) not in (4, 5) or contract.is_done(answer):
                    break
        error, _ = quietly(live)
        contract.expect(error is None, "fails-with-seed", "it fails when it is seeded with %d: %s" % (seed, told(error) if error else ""))
    recorder.circumstance = None


def drive(recorder, identifier, make, count, deadline, long_count=0, long_deadline=0.0, is_short=True, is_look=False):
    """
    Takes one environment through its life. A short one is not asked to repeat itself; a look is not told of; what had no time for
    its steps draws nothing. Gives the life, or None when it did not get as far as its first step.
    """
    # One for all lives of an environment: what one of them showed is not said again.
    contract = getattr(make, "contract", None) or Contract(recorder, identifier, getattr(make, "has_old_interface", False))
    make.contract = contract
    recorder.enter("make")
    processes = count_children(recorder)
    ok, env = attempt(recorder, identifier, make)
    if not ok:
        return None
    space = getattr(env, "action_space", None)
    check_shape(env, contract)
    if hasattr(space, "seed"):
        attempt(recorder, identifier, lambda: space.seed(0))
    life, is_driven = Life(contract), False
    recorder.enter("reset")
    ok, _ = attempt(recorder, identifier, lambda: reset(env, contract, 0))
    if ok and space is None:
        recorder.send({"t": "left", "what": identifier + " has no action_space, so it was not stepped"})
    elif ok:
        recorder.enter("step")
        ok, _ = attempt(recorder, identifier, lambda: steps(recorder, env, life, count, deadline, long_count, long_deadline))
        recorder.step = 0
        is_driven = ok
        if ok:
            if not is_look:
                life.tell(recorder, identifier)
            if long_count:
                try_seeds(recorder, env, contract, min(deadline, max(long_deadline, time.monotonic() + SHORTEST_SEEDS_SECONDS)))
    modes = (getattr(env, "metadata", None) or {}).get("render_modes") or []
    recorder.enter("close")
    attempt(recorder, identifier, env.close)
    check_left(recorder, processes, contract)
    if is_driven and not is_short:
        recorder.enter("step")
        quietly(lambda: check_repeats(make, contract, min(MOST_REPEATING_SECONDS, max(0.1, (deadline - time.monotonic()) / 4))))
    mode = next((m for m in ("rgb_array", "ansi") if m in modes), None)
    if ok and mode is not None and not is_look and life.steps >= count:
        recorder.enter("render")
        attempt(recorder, identifier, lambda: render(make, contract, mode))
    return life if is_driven else None


def render(make, contract, mode):
    try:
        shown = make(render_mode=mode)
    except TypeError:
        # It names modes and takes none: shown by the attribute that its own code looks at.
        contract.expect(False, "render-mode-not-taken", "metadata names render modes, but render_mode is not accepted")
        shown = make()
        getattr(shown, "unwrapped", shown).render_mode = mode
    try:
        shown.reset(seed=0) if not contract.has_old_interface else shown.reset()
        picture = shown.render()
        is_picture = mode != "rgb_array" or picture is None or isinstance(picture, list) or len(getattr(picture, "shape", ())) == 3
        contract.expect(is_picture, "render-no-picture", "render() in mode rgb_array gives no picture")
    finally:
        shown.close()
