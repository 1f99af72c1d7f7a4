"""Calls functions whose parameters are known by convention only, and waits for what has to be awaited."""
import asyncio
import inspect


def by_name(function, offered):
    """Calls it with those of the offered values that it has parameters for; all of them where it takes any."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return function(**offered)
    takes_all = any(p.kind is p.VAR_KEYWORD for p in parameters)
    plain = [p for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    first = [p for p in parameters if p.kind is p.POSITIONAL_ONLY]
    names = set(offered) if takes_all else {p.name for p in plain}
    return function(*[offered.get(p.name) for p in first], **{name: value for name, value in offered.items() if name in names})


def settled(value, seconds):
    """The value itself, or what comes of awaiting it for at most so many seconds."""
    if not inspect.isawaitable(value):
        return value

    async def wait():
        return await asyncio.wait_for(value, seconds)
    return asyncio.run(wait())
