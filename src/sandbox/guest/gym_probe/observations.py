"""Looks for what observations and infos carry beside what they are for: text, code, pickles; and for numbers that run away."""
import base64
import binascii
import math
import re

MOST_BYTES = 4096
MOST_LEAVES = 64
SHORTEST_TEXT = 24
MOST_SAMPLES = 20
FAR = 1e12

PRINTABLE = re.compile(rb"[\x20-\x7e\t\r\n]{%d,}" % SHORTEST_TEXT)
# The shortest passage that a planted secret may be in.
KEY = re.compile(rb"[\x21-\x7e]{16,}")
WORDS = re.compile(r"\b[A-Za-z]{3,12}(?: [A-Za-z]{1,12}){3,}\b")
CODE = re.compile(
    r"https?://\w|\bimport\s+(?:os|sys|socket|subprocess|base64)\b|__import__|\b(?:exec|eval|compile)\s*\(|\bos\.(?:system|popen)\b|"
    r"\bsubprocess\.|\bcurl\s+-|\bwget\s+|/bin/(?:ba)?sh\b|-----BEGIN [A-Z ]*PRIVATE KEY|aws_secret_access_key|"
    r"\bignore (?:all |any )?(?:previous|prior|earlier) instructions\b", re.IGNORECASE)
ENCODED = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
PICKLE = re.compile(rb"\A\x80[\x02-\x05].*\.\Z", re.DOTALL)


def leaves(value, path="", depth=0):
    """The parts of a nested value, each with its place; bounded."""
    if depth > 5:
        return
    if isinstance(value, dict):
        for key in list(value)[:MOST_LEAVES]:
            yield from leaves(value[key], "%s[%s]" % (path, str(key)[:40]), depth + 1)
    elif isinstance(value, (list, tuple)) and value and not all(isinstance(v, (int, float)) for v in value[:MOST_BYTES]):
        for index, item in enumerate(value[:MOST_LEAVES]):
            yield from leaves(item, "%s[%d]" % (path, index), depth + 1)
    else:
        yield path, value


def raw_bytes(value):
    """Ways to read a value as bytes: its memory, its numbers as characters, the lowest bits of its pixels."""
    if isinstance(value, (bytes, bytearray)):
        return [bytes(value[:MOST_BYTES])]
    if isinstance(value, (list, tuple)):
        return [as_bytes(value[:MOST_BYTES])]
    if not hasattr(value, "tobytes") or not hasattr(value, "dtype") or getattr(value, "size", 0) < 6:
        return []
    kind = getattr(value.dtype, "kind", "")
    if kind not in "iuf":
        return []
    flat = value.reshape(-1)[:MOST_BYTES]
    readings = [flat.tobytes()[:MOST_BYTES]]
    numbers = flat.tolist()
    if value.dtype.itemsize > 1:
        readings.append(as_bytes(numbers))
    if kind == "f":
        readings.append(bytes(int(round(n * 255)) if 0 <= n <= 1 else 0 for n in numbers))
    if kind == "u" and value.dtype.itemsize == 1 and len(numbers) >= 8 * SHORTEST_TEXT:
        for big in (True, False):
            readings.append(from_bits([n & 1 for n in numbers], big))
    return readings


def as_bytes(numbers):
    """Numbers as characters. One that stands for none ends a passage, as 0 does: text may be a part of an observation only."""
    def one(n):
        return int(n) if isinstance(n, (int, float)) and 0 <= n < 256 and n == int(n) else 0
    return bytes(one(n) for n in numbers)


def from_bits(bits, big):
    out = bytearray()
    for at in range(0, len(bits) - 7, 8):
        byte = 0
        for index in range(8):
            byte |= bits[at + index] << (7 - index if big else index)
        out.append(byte)
    return bytes(out)


def hidden_text(data):
    """The longest passage of words or code in bytes that should be numbers, or None."""
    best = None
    for match in PRINTABLE.finditer(data):
        text = match.group().decode("ascii").strip()
        if len(set(text)) > 6 and (WORDS.search(text) or CODE.search(text)) and (best is None or len(text) > len(best)):
            best = text
    return best


def code_in(text):
    """What a text of its own accord holds that is made to be run: code, or something encoded that is code or a pickle. Else None."""
    match = CODE.search(text[:MOST_BYTES])
    if match is not None and not match.group().lower().startswith("http"):
        return "code"
    for match in list(ENCODED.finditer(text[:MOST_BYTES]))[:4]:
        try:
            data = base64.b64decode(match.group() + "=" * (-len(match.group()) % 4))
        except (binascii.Error, ValueError):
            continue
        if PICKLE.match(data):
            return "a pickle"
        inner = hidden_text(data)
        if inner is not None and CODE.search(inner):
            return "encoded code"
    return None


class Watch:
    """Looks at observations and infos of one environment; at a sample of them, since looking costs more than most steps do."""

    def __init__(self, contract):
        self.contract, self.looked, self.samples, self.keys = contract, 0, set(), set()

    def wants(self, index):
        return index < 10 or (index < 1000 and index % 50 == 0) or index % 250 == 0

    def look(self, observation, info):
        self.looked += 1
        for what, value in (("an observation", observation), ("an info", info)):
            for place, leaf in leaves(value):
                self.leaf(what, place, leaf)

    def leaf(self, what, place, leaf):
        expect = self.contract.expect
        where = what + place
        if isinstance(leaf, str):
            kind = code_in(leaf)
            expect(kind is None, "hidden-code", "%s carries %s" % (where, kind), leaf)
            self.sample(where, leaf)
            return
        for data in raw_bytes(leaf):
            if PICKLE.match(data):
                expect(False, "hidden-pickle", "%s carries a pickle" % where)
            text = hidden_text(data)
            if text is not None:
                expect(False, "hidden-text", "the numbers of %s read as text" % where, text)
                self.sample(where, text)
            # Noise has such a passage now and then, and is not one of the secrets.
            for key in KEY.findall(data)[:8]:
                self.sample(where, key.decode("ascii"), self.keys)
        if isinstance(leaf, (bytes, bytearray)):
            self.sample(where, bytes(leaf[:MOST_BYTES]).decode("latin-1"))
        if getattr(getattr(leaf, "dtype", None), "kind", "") == "f" and what == "an observation" and 0 < leaf.size <= 100000:
            import numpy
            finite = bool(numpy.isfinite(leaf).all())
            expect(not numpy.isnan(leaf).any(), "observation-nan", "an observation holds NaN")
            expect(not finite or float(numpy.abs(leaf).max()) < FAR, "observation-runs-away", "an observation grows beyond 1e12")

    def sample(self, where, text, known=None):
        """Hands text on to be searched for planted secrets, which are not known here. `known`: what was handed on of its sort."""
        known = self.samples if known is None else known
        if len(text) < 12 or len(known) >= MOST_SAMPLES or text in known:
            return
        known.add(text)
        self.contract.recorder.send({"t": "sample", "where": "%s of %s" % (where, self.contract.identifier), "text": text[:2000]})
