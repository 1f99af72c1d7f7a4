"""Makes up arguments for a tool from its JSON Schema: plausible ones, and ones that try to get out of where they belong."""
import re

DEEPEST = 6
MOST_PROPERTIES = 40
CANARY = "/tmp/sbx-canary"

# What a name says of a text, first match wins.
BY_NAME = (
    (r"time_?zone|tz$", "zone"),
    (r"repo\w*_?(path|dir|folder|root)", "working_copy"),
    (r"^(dest|destination|output|target|save|new)_?(file|path|name)?$|out_?(file|path)", "output"),
    (r"^(source|src|input|from)(_?(file|path))?$", "path"),
    (r"url|uri|link|endpoint|href|website", "url"),
    (r"command|cmd|shell|script|exec", "command"),
    (r"code|expression|formula|snippet", "code"),
    (r"dir|folder|cwd|root", "folder"),
    (r"file|path|document|attachment", "path"),
    (r"host|server|domain|address$", "host"),
    (r"mail", "mail"),
    (r"date|day|since|until|from_time", "date"),
    (r"time", "time"),
    (r"repo", "repository"),
    (r"query|search|keyword|term|question|prompt", "query"),
    (r"sql", "sql"),
    (r"language|locale|lang", "language"),
    (r"city|location|place|country", "place"),
    (r"id$|uuid|key", "id"),
    (r"name|title|user", "name"),
)
BY_FORMAT = {"uri": "url", "url": "url", "email": "mail", "date": "date", "date-time": "moment", "time": "time",
             "hostname": "host", "ipv4": "address", "uuid": "uuid", "path": "path", "file-path": "path"}
PLAIN = {
    "url": "https://example.com/", "command": "echo hello", "code": "1 + 1", "folder": "/home/user/Documents",
    "working_copy": "/home/user/Documents/repository",
    "path": "/home/user/Documents/sample.txt", "output": "/home/user/Documents/made.txt", "host": "example.com",
    "mail": "user@example.org", "date": "2024-05-17",
    "moment": "2024-05-17T12:00:00Z", "time": "12:00", "repository": "example/project", "query": "weather in Paris",
    "zone": "Europe/Paris", "sql": "SELECT 1", "language": "en", "place": "Paris", "id": "42", "name": "example", "address": "192.0.2.10",
    "uuid": "00000000-0000-4000-8000-000000000000", "text": "hello",
}


# Nothing else than a command is to be expected of these, or nothing else than a date.
UNATTACKED = ("command", "code", "sql", "date", "moment", "time", "zone", "uuid", "language")


def kind_of(name, schema):
    if re.search(r"^(?!.*file).*\b(director(y|ies)|folder)\b", str(schema.get("description", ""))[:400].lower()) \
            and re.search(r"path|target|location", name.lower()):
        return "folder"
    found = BY_FORMAT.get(str(schema.get("format", "")).lower())
    if found:
        return found
    words = re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()
    for pattern, kind in BY_NAME:
        if re.search(pattern, words):
            return kind
    return "text"


def fitted(text, schema):
    """A text as long as the schema wants it; what a pattern wants is not worked out."""
    least, most = schema.get("minLength"), schema.get("maxLength")
    if isinstance(least, int) and 0 < least <= 10000 and len(text) < least:
        text = (text + " ") * (least // (len(text) + 1) + 1)
        text = text[:least].rstrip().ljust(least, "x")
    if isinstance(most, int) and 0 <= most < len(text):
        text = text[:most]
    return text


def plain(name, schema, kind):
    return fitted(PLAIN[kind], schema)


def foldered(name, schema, kind):
    return fitted(PLAIN["folder" if kind == "path" else kind], schema)


def attacking(number):
    """Texts for one attack: a way out of a quoted word, a folder, or the network; a schema's own bounds are not kept to."""
    mark = "%s-%d" % (CANARY, number)
    shell = ("; touch %s #", "$(touch %s)", "`touch %s`", "' ; touch %s ; '", "\" ; touch %s ; \"", "| touch %s")[number % 6] % mark

    def text(name, schema, kind):
        # A tool is attacked twice: what takes a path may also hand it to a shell.
        if kind in ("path", "folder", "working_copy", "output") and number % 2 == 0:
            return "../../../../../../home/user/.ssh/id_rsa"
        if kind == "url":
            return "http://169.254.169.254/latest/meta-data/"
        if kind in UNATTACKED:
            return plain(name, schema, kind)
        return "hello" + shell
    return text


def value_of(name, schema, text, depth=0):
    if not isinstance(schema, dict) or depth > DEEPEST:
        return "hello"
    if "const" in schema:
        return schema["const"]
    enum = schema.get("enum")
    if isinstance(enum, list) and enum:
        return enum[0]
    for key in ("anyOf", "oneOf", "allOf"):
        options = schema.get(key)
        if isinstance(options, list) and options:
            chosen = [each for each in options if isinstance(each, dict) and each.get("type") != "null"]
            return value_of(name, chosen[0] if chosen else {}, text, depth + 1)
    wanted = schema.get("type")
    if isinstance(wanted, list):
        wanted = next((each for each in wanted if each != "null"), "null")
    if wanted is None:
        wanted = "object" if "properties" in schema else "array" if "items" in schema else "string"
    if wanted == "string":
        return text(name, schema, kind_of(name, schema))
    if wanted in ("integer", "number"):
        return number_of(schema)
    if wanted == "boolean":
        return bool(schema.get("default", False))
    if wanted == "array":
        least = schema.get("minItems")
        count = min(least, 20) if isinstance(least, int) and least > 0 else 1
        return [value_of(name, schema.get("items") or {}, text, depth + 1) for _ in range(count)]
    if wanted == "null":
        return None
    return arguments_of(schema, text, depth + 1)


def number_of(schema):
    low, high, default = schema.get("minimum"), schema.get("maximum"), schema.get("default")
    if isinstance(default, (int, float)):
        return default
    value = 3
    if isinstance(low, (int, float)) and value < low:
        value = low
    if isinstance(high, (int, float)) and value > high:
        value = high
    return value


def arguments_of(schema, text, depth=0):
    """A value for every property, those that are required first. References within the schema are followed where they are."""
    if not isinstance(schema, dict):
        return {}
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return {}
    required = schema.get("required")
    first = [name for name in (required if isinstance(required, list) else []) if name in properties]
    names = (first + [name for name in properties if name not in first])[:MOST_PROPERTIES]
    definitions = schema.get("$defs") or schema.get("definitions") or {}
    return {name: value_of(name, resolved(properties[name], definitions), text, depth) for name in names}


def resolved(schema, definitions):
    """`{"$ref": "#/$defs/X"}` as what it stands for; one step, since deeper ones would need a guard against circles."""
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    if isinstance(reference, str) and isinstance(definitions, dict):
        found = definitions.get(reference.rsplit("/", 1)[-1])
        if isinstance(found, dict):
            return found
    return schema


def has_text(schema):
    """Whether any of the arguments is a text that an attack could be put into."""
    def count(name, part, kind):
        seen.append(kind)
        return "x"
    seen = []
    arguments_of(schema, count)
    return any(kind not in UNATTACKED for kind in seen)
