"""
Stands in for the client of a language model: answers every request with one text, in the shape of OpenAI's chat completions, and keeps
what it was asked. Its answers serve code that awaits them and code that does not.
"""
import json

MOST_KEPT = 50
MOST_CHARACTERS = 20000


class Record(dict):
    """A JSON object whose members are attributes as well; what an answer has not got is None, as in the library's models."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self.get(name)

    def model_dump(self, **_):
        return dict(self)

    def model_dump_json(self, **_):
        return json.dumps(self)


class Answer(Record):
    """A whole answer: may be awaited."""

    def __await__(self):
        # A generator that ends at once: awaiting it gives the answer without a turn of the loop.
        if False:
            yield
        return self


def chat_completion(text, model):
    message = Record(role="assistant", content=text, tool_calls=None, refusal=None)
    choice = Record(index=0, message=message, finish_reason="stop", logprobs=None)
    usage = Record(prompt_tokens=1, completion_tokens=1, total_tokens=2)
    return Answer(id="chatcmpl-stub", object="chat.completion", created=0, model=model, choices=[choice], usage=usage)


def text_completion(text, model):
    choice = Record(index=0, text=text, finish_reason="stop", logprobs=None)
    usage = Record(prompt_tokens=1, completion_tokens=1, total_tokens=2)
    return Answer(id="cmpl-stub", object="text_completion", created=0, model=model, choices=[choice], usage=usage)


class Endpoint:
    def __init__(self, client, make):
        self.client, self.make = client, make

    def create(self, *_, **request):
        self.client.keep(request.get("messages", request.get("prompt", request.get("input"))))
        return self.make(self.client.text, str(request.get("model", "stub"))[:100])

    parse = create


class ChatStub:
    """`client.chat.completions.create(...)` and `client.completions.create(...)` of the library, and nothing that reaches anybody."""

    base_url, api_key, timeout, max_retries = "http://127.0.0.1:9/v1", "none", 1.0, 0

    def __init__(self, text):
        self.text, self.prompts = text, []
        self.chat = Record(completions=Endpoint(self, chat_completion))
        self.beta = Record(chat=self.chat)
        self.completions = Endpoint(self, text_completion)

    def with_options(self, **_):
        return self

    copy = with_options

    def keep(self, prompt):
        if len(self.prompts) < MOST_KEPT:
            self.prompts.append(text_of(prompt))


def text_of(value):
    """A prompt as text: bare, or the texts of its messages."""
    if isinstance(value, str):
        return value[:MOST_CHARACTERS]
    if isinstance(value, dict):
        return text_of(value.get("content", ""))
    if isinstance(value, (list, tuple)):
        return "\n".join(text_of(item) for item in value[:100])[:MOST_CHARACTERS]
    return ""
