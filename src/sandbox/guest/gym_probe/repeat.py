"""The same seed and the same actions twice: the same has to come of it."""
import hashlib

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


def trajectory(make, contract, seed):
    """Digests of the first observation, and of each step after it."""
    env = make()
    try:
        env.action_space.seed(seed)
        digests = [hashlib.sha256(fingerprint(reset(env, contract, seed))).digest()]
        for _ in range(STEPS):
            answer = env.step(env.action_space.sample())
            if not isinstance(answer, tuple) or len(answer) not in (4, 5):
                break
            digests.append(hashlib.sha256(fingerprint(answer[:-1])).digest())
            if contract.is_done(answer):
                break
        return digests
    finally:
        env.close()


def check_repeats(make, contract, seed=11):
    first, second = trajectory(make, contract, seed), trajectory(make, contract, seed)
    if first == second:
        return
    at = next((i for i, (a, b) in enumerate(zip(first, second)) if a != b), min(len(first), len(second)))
    where = "the first observation" if at == 0 else "step %d" % at
    contract.expect(False, "not-repeatable", "under one seed and the same actions, two instances differ from %s on" % where)
