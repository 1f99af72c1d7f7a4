"""Shares the time of a probe between environments, and between what is done with each."""
import time

from .actions import try_actions
from .attempt import attempt, quietly
from .contract import Contract, check_edges
from .episodes import drive
from .isolate import apart
from .make import arguments_of, try_arguments, use
from .resources import check_leaks

FIRST_CLASS_SECONDS = 20.0
FURTHER_CLASS_SECONDS = 2.0
SHORTEST_SECONDS = 0.2
# Of that, what goes into the long runs of all classes, and what into trying them with what they do not expect.
LONG_SECONDS = 4.0
HARD_SECONDS = 5.0
LONG_STEPS = 20000
# With more classes than this, each has a short life before any has a whole one, and none has a long run.
MOST_LONG = 12
FIRST_STEPS = 100


def left_of(recorder, job):
    """Seconds that are left of the run's time. Importing has a share of its own; what it takes beyond that goes off the rest."""
    return job["budgetMs"] / 1000.0 - max(0.0, time.monotonic() - recorder.began - job.get("importMs", 0) / 1000.0)


class Budget:
    """When what has to be done by."""

    def __init__(self, recorder, job, classes):
        self.began = time.monotonic()
        spare = max(0.0, left_of(recorder, job))
        if not job["isTimeGiven"]:
            spare = min(spare, FIRST_CLASS_SECONDS + FURTHER_CLASS_SECONDS * max(0, classes - 1))
        self.deadline = self.began + spare
        # A manifest that gives more time than usual wants it used.
        scale = max(1.0, spare / FIRST_CLASS_SECONDS) if job["isTimeGiven"] else 1.0
        is_short = job.get("depth", "full") != "full"
        self.is_short = is_short
        has_long = not is_short and classes <= MOST_LONG
        self.long_seconds = 0.0 if not has_long else min(spare / 4, scale * LONG_SECONDS)
        self.long_steps = 0 if not has_long else int(LONG_STEPS * scale)
        self.hard_seconds = 0.0 if is_short else min(spare / 3, scale * HARD_SECONDS)

    def share(self, waiting, factor, deadline):
        """Seconds for the next one, while so many wait: several equal shares, as long as something stays for each that waits."""
        left = deadline - time.monotonic()
        return max(SHORTEST_SECONDS, min(factor * left / (waiting + 1), left - SHORTEST_SECONDS * waiting))


def drive_all(recorder, job, makers, variants):
    """
    Every class for the full count of steps, then the further ids for a few; what is left goes into what no class expects. True: nothing
    was cut short for lack of time.
    """
    budget = Budget(recorder, job, len(makers))
    looked = look_at_each(recorder, job, makers, budget) if not budget.is_short and len(makers) > MOST_LONG else {}
    short, driven = [], []
    for position, (identifier, make) in enumerate(makers):
        if is_covered(make):
            continue
        if getattr(make, "is_needy", False):
            recorder.send({"t": "left", "what": identifier + " needs arguments to be made"})
            continue
        if identifier in looked and looked[identifier] is None:
            continue
        if getattr(make, "may_fail", False) and not can_be_made(recorder, make):
            recorder.send({"t": "note", "what": identifier + " is an environment class that nothing registers; it could not be made, and was not run"})
            continue
        now = time.monotonic()
        if now > budget.deadline:
            short.append(identifier)
            if identifier in looked:
                driven.append((identifier, make, looked[identifier]))
                looked[identifier].tell(recorder, identifier)
            continue
        # Most need a small fraction of an equal share, so a slow one may have several; more, where each was looked at before.
        share = budget.share(0 if looked else len(makers) - position - 1, 1.0 / MOST_LONG if looked else 4.0, budget.deadline)
        long_deadline = now + min(share, budget.long_seconds / len(makers))
        # What an environment raises where nobody expects it ends its own life and no other's.
        _, life = attempt(recorder, identifier, lambda: drive(recorder, identifier, make, job["steps"], min(now + share, budget.deadline),
                                                              budget.long_steps, long_deadline, budget.is_short))
        if life is not None:
            driven.append((identifier, make, life))
            if life.steps < job["steps"]:
                short.append(identifier)
    if short and not budget.is_short:
        names = ", ".join(short[:3]) + (", ..." if len(short) > 3 else "")
        recorder.send({"t": "left", "what": "%d of %d environment classes (%s) did not make all of %d steps, for lack of time: "
                       "allow more in resources.wallSeconds, or name those that matter in environment.ids, of a manifest given with --manifest"
                       % (len(short), len(makers), names, job["steps"])})
    if variants and not budget.is_short:
        recorder.send({"t": "note", "what": brief_note(*drive_briefly(recorder, job, variants, budget.deadline))})
    try_hard(recorder, driven, budget)
    return not short


def can_be_made(recorder, make):
    recorder.enter("make")
    error, _ = quietly(lambda: make().close())
    recorder.leave()
    return error is None


def is_covered(make):
    return getattr(make, "is_covered", bool)()


def look_at_each(recorder, job, makers, budget):
    """
    Where there may not be time for all of them, a short life of each, within half of the time: none goes without a look. Gives the lives
    by id, None for those that failed.
    """
    looked = {}
    deadline = time.monotonic() + (budget.deadline - time.monotonic()) / 2
    for position, (identifier, make) in enumerate(makers):
        if time.monotonic() > deadline:
            break
        if not is_covered(make) and not getattr(make, "is_needy", False) and not getattr(make, "may_fail", False):
            until = min(deadline, time.monotonic() + budget.share(len(makers) - position - 1, 1.0, deadline))
            count = min(FIRST_STEPS, job["steps"])
            _, looked[identifier] = attempt(recorder, identifier, lambda: drive(recorder, identifier, make, count, until, is_look=True))
    return looked


def drive_briefly(recorder, job, variants, deadline):
    """Gives how many further ids there are, how many of them had a short run, and its steps."""
    count = min(job["briefSteps"], job["steps"])
    for position, (identifier, make) in enumerate(variants):
        now = time.monotonic()
        if now > deadline:
            return len(variants), position, count
        until = min(deadline, now + max(1.0, 4.0 * (deadline - now) / (len(variants) - position)))
        attempt(recorder, identifier, lambda: drive(recorder, identifier, make, count, until))
    return len(variants), len(variants), count


def brief_note(total, driven, count):
    told = "further ids of the same environment classes were run for %d steps only (%d of them)" % (count, driven)
    return told if driven == total else told + ", and %d not at all, for lack of time" % (total - driven)


def try_hard(recorder, driven, budget):
    """What an orderly run does not show: other instances, another order of calls, hostile actions and arguments."""
    end = min(budget.deadline, time.monotonic() + budget.hard_seconds)
    for position, (identifier, make, life) in enumerate(driven):
        now = time.monotonic()
        if now >= end:
            return
        share = (end - now) / (len(driven) - position)
        contract = life.contract
        recorder.enter("make")
        error, took = quietly(lambda: timed(lambda: use(make, contract)))
        # Making a few more takes no more than a part of what there is.
        if error is None and took < share / 8:
            quietly(lambda: check_leaks(recorder, make, contract, lambda m: use(m, contract)))
        recorder.enter("step")
        apart(recorder, max(0.2, share / 8), lambda tell: check_edges(recorder, make, contract))
        tried = try_actions(recorder, identifier, make, contract, max(0.3, min(2.0, share / 3)))
        recorder.send({"t": "actions", "id": identifier, "tried": tried["tried"], "refused": tried["refused"]})
        recorder.enter("make")
        error, arguments = quietly(lambda: made_with(make))
        if error is None:
            try_arguments(recorder, arguments, make, contract, max(0.0, min(2.0, share / 3, end - time.monotonic())))
        recorder.leave()


def made_with(make):
    env = make()
    try:
        return arguments_of(env)
    finally:
        env.close()


def timed(action):
    began = time.monotonic()
    action()
    return time.monotonic() - began
