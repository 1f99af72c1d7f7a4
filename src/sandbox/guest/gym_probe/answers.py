"""What a model may answer: what was asked for, nothing of sense, and text that is made to be executed."""
import re

# A task whose answers are meant to be run: that they are is what it is for.
FOR_CODE = re.compile(r"\b(?:python|code|program|function|script|shell|bash|terminal|command|sql|query)\b", re.IGNORECASE)

# The places in which answers are looked for by convention.
PLACES = ("%s", "<answer>%s</answer>", "\\boxed{%s}", "```python\n%s\n```", '{"answer": "%s"}')


def malformed():
    """Answers as models give them on a bad day, each with what it is called."""
    return [
        ("nothing", ""), ("a tag that is not closed", "<answer>"), ("half an object", '{"answer": '), ("NaN", "NaN"),
        ("a fraction by zero", "1/0"), ("control characters", "\x00\x1b[2J\u202e"), ("a long text", "A" * 50000),
        ("deep brackets", "[" * 2000), ("two answers", "<answer>1</answer><answer>2</answer>"),
    ]


def hostile(injections):
    """(way, answer): every text that leaves a trace when it is executed, in every place. Names of files are no answers to be written to."""
    texts = injections.texts(has_paths=False)
    return [(way, place % text) for place in PLACES for way, text in texts]


def asks_for_code(text):
    return FOR_CODE.search(text) is not None
