"""Values of a space's edges. Spaces are told by their class names, so that nothing has to be imported for it."""
import math


def kind_of(space):
    """The name of a space's class, or of the one that it stands for."""
    return getattr(space, "sbx_kind", None) or type(space).__name__


def is_text(space):
    return kind_of(space) == "Text"


def parts(space):
    """The named parts of a composite space, or None."""
    inner = getattr(space, "spaces", None)
    if isinstance(inner, dict) or (hasattr(inner, "items") and hasattr(inner, "keys")):
        return list(inner.items())
    if isinstance(inner, (tuple, list)):
        return list(enumerate(inner))
    return None


def replaced(space, key, value):
    """A sample of a composite space with one part replaced."""
    sample = space.sample()
    if isinstance(sample, tuple):
        return tuple(value if index == key else item for index, item in enumerate(sample))
    sample = dict(sample)
    sample[key] = value
    return sample


def of_one(space, value):
    """An action where every agent has one: this value for the first of them. Elsewhere the value itself."""
    first = next(iter(space.spaces), None) if getattr(space, "is_of_agents", False) else None
    return value if first is None else replaced(space, first, value)


def edges(space, depth=0):
    """Values at the ends of what a space allows, each with what it is called; all of them are inside it."""
    kind = kind_of(space)
    inner = parts(space)
    if inner is not None and depth < 4:
        found = []
        for key, part in inner[:16]:
            found.extend((name, replaced(space, key, value)) for name, value in edges(part, depth + 1))
        return found[:32]
    if kind == "Discrete":
        import numpy
        start = int(getattr(space, "start", 0))
        return [("lowest", numpy.int64(start)), ("highest", numpy.int64(start + int(space.n) - 1))]
    if kind == "Box":
        import numpy
        info = numpy.finfo if space.dtype.kind == "f" else numpy.iinfo
        largest = float(info(space.dtype).max) if space.dtype.kind in "fiu" else 1.0
        low = numpy.clip(space.low.astype("float64"), -largest, largest)
        high = numpy.clip(space.high.astype("float64"), -largest, largest)
        return [("lowest", low.astype(space.dtype)), ("highest", high.astype(space.dtype)),
                ("middle", ((low / 2 + high / 2)).astype(space.dtype))]
    if kind == "MultiDiscrete":
        import numpy
        start = getattr(space, "start", 0)
        return [("lowest", numpy.zeros_like(space.nvec) + start), ("highest", space.nvec - 1 + start)]
    if kind == "MultiBinary":
        import numpy
        return [("all off", numpy.zeros(space.shape, space.dtype)), ("all on", numpy.ones(space.shape, space.dtype))]
    if is_text(space):
        letters = sorted(getattr(space, "characters", "") or "a")
        return [("shortest", letters[0] * int(space.min_length)), ("longest", letters[-1] * min(int(space.max_length), 20000))]
    return []


def beyond(space):
    """Values of the right sort outside the space, each with what it is called."""
    kind = kind_of(space)
    if kind == "Discrete":
        start, count = int(getattr(space, "start", 0)), int(space.n)
        return [("below the range", start - 1), ("beyond the range", start + count), ("far beyond the range", 1337),
                ("beyond 64 bits", 1 << 70), ("a fraction", start + 0.5)]
    if kind == "Box":
        import numpy
        shape = space.shape
        as_float = "float32" if space.dtype.kind != "f" else space.dtype
        found = [(name, numpy.full(shape, value, as_float)) for name, value in
                 (("NaN", math.nan), ("infinity", math.inf), ("minus infinity", -math.inf), ("1e30", 1e30), ("-1e30", -1e30))]
        return found + [("another shape", numpy.zeros(tuple(shape) + (3,), space.dtype)), ("another type", numpy.full(shape, "x", object)),
                        ("no elements", numpy.zeros((0,), space.dtype))]
    if kind in ("MultiDiscrete", "MultiBinary"):
        import numpy
        edge = numpy.asarray(space.sample())
        return [("beyond the range", edge + 1000), ("below the range", edge.astype("int64") - 1000), ("another shape", edge.reshape(-1)[:0])]
    if is_text(space):
        return [("too long", "a" * 100000), ("control characters", "\x00\x1b[2J\u202e\ufeff"), ("half a character", "\ud800")]
    inner = parts(space)
    if inner is None:
        return []
    found = []
    for key, part in inner[:8]:
        found.extend((name, replaced(space, key, value)) for name, value in beyond(part))
    return found[:32]
