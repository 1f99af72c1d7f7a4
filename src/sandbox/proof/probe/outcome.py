"""What an attempt came to, as the words that the side outside reads: "held", "broken: why", "untried: why" or "moot: why".

Moot is what cannot be attacked because it does not exist here (calls of 32-bit x86 on arm64); untried is what could not be attempted
though it exists, and proves nothing.
"""

import os
import signal

HELD = "held"
# Where a program may write; some backends have it elsewhere than in /tmp.
TEMPORARY = os.environ.get("TMPDIR", "/tmp")


def broken(why):
    return "broken: %s" % why


def untried(why):
    return "untried: %s" % why


def moot(why):
    return "moot: %s" % why


def held_if(held, why):
    return HELD if held else broken(why)


def none_of(found):
    """Held when a list of what got through is empty; names the first few."""
    return HELD if not found else broken(", ".join(str(each) for each in found[:5]))


def answered_inside(bait, checks):
    """With a kernel of the sandbox's own, what is taken up ends in that: it is no way to the host's."""
    if not bait["ownKernel"]:
        return checks
    return {name: moot("answered by the sandbox's own kernel") if each != HELD else each for name, each in checks.items()}


def is_refused(attempt):
    """True when an attempt fails with an error of the operating system."""
    try:
        attempt()
    except OSError:
        return True
    return False


def refused(attempt):
    return held_if(is_refused(attempt), "allowed")


def fails(attempt, *refusals):
    """Held when an attempt fails in one of the ways in which it is refused; in another way it was not tried, for the probe is at fault."""
    try:
        got = attempt()
    except refusals:
        return HELD
    except BaseException as error:  # whatever it is, it is no proof
        return untried("%s: %s" % (type(error).__name__, error))
    return broken(repr(got)[:120])


def worst(outcomes):
    """Of several attempts under one name."""
    for word in ("broken", "untried", HELD):
        for outcome in outcomes:
            if outcome.startswith(word):
                return outcome
    return outcomes[0]


def guarded(check, *arguments):
    """A check that fails by itself was not tried; it must not take the others with it."""
    try:
        return check(*arguments)
    except Exception as error:  # whatever it is, it is no proof
        return untried("%s: %s" % (type(error).__name__, error))


def in_child(attempt, seconds=5):
    """Runs an attempt in a child that it may lose.

    `attempt` returns a small exit status. Gives (exit status or None, signal or None); (None, None) when it had to be ended.
    """
    child = os.fork()
    if child == 0:
        status = 99
        try:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(seconds)
            status = attempt()
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        return os.WEXITSTATUS(status), None
    number = os.WTERMSIG(status)
    return None, None if number == signal.SIGALRM else number
