"""The same seed and the same actions twice: the same has to come of it."""
import hashlib
import time

from .contract import reset

STEPS = 60


def fingerprint(value, depth=0):
    """Bytes that differ when observations, rewards or flags do."""
    if depth < 6 and isinstance(value, dict):
        return b"{" + b",".join(str(key).encode("utf-8", "replace") + fingerprint(value[key], depth + 1) for key in sorted(value, key=str)) + b"}"
    if depth < 6 and isinstance(value, (list, tuple)):
        return b"[" + b",".join(fingerprint(item, depth + 1) for item in value) + b"]"
    if hasattr(value, "tobytes"):
        return value.tobytes()
    if isinstance(value, (int, float, str, bytes, bool)) or value is None:
        return repr(value).encode("utf-8", "replace")
    # An object's text may hold its address.
    return type(value).__name__.encode("utf-8", "replace")


def trajectory(make, contract, seed, seconds):
    """Digests of the first observation, and of each step after it; and whether the time was up before the end."""
    deadline = time.monotonic() + seconds
    env = make()
    try:
        env.action_space.seed(seed)
        digests = [hashlib.sha256(fingerprint(reset(env, contract, seed))).digest()]
        for _ in range(STEPS):
            if time.monotonic() > deadline:
                return digests, True
            answer = env.step(env.action_space.sample())
            if not isinstance(answer, tuple) or len(answer) not in (4, 5):
                break
            digests.append(hashlib.sha256(fingerprint(answer[:-1])).digest())
            if contract.is_done(answer):
                break
        return digests, False
    finally:
        env.close()


def check_repeats(make, contract, seconds, seed=11):
    """Compares two lives step by step, as far as both got within the seconds."""
    (first, is_first_cut), (second, is_second_cut) = (trajectory(make, contract, seed, seconds / 2) for _ in range(2))
    shorter = min(len(first), len(second))
    at = next((i for i in range(shorter) if first[i] != second[i]), shorter)
    # One that was cut short says nothing of what would have followed.
    cut = [len(digests) for digests, is_cut in ((first, is_first_cut), (second, is_second_cut)) if is_cut]
    if at == shorter and (len(first) == len(second) or shorter in cut):
        return
    where = "the first observation" if at == 0 else "step %d" % at
    contract.expect(False, "not-repeatable", "under one seed and the same actions, two instances differ from %s on" % where)
