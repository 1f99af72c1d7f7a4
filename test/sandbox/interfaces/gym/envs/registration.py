import importlib


class EnvSpec:
    def __init__(self, id, entry_point):
        self.id, self.entry_point = id, entry_point


class EnvRegistry:
    def __init__(self):
        self.env_specs = {}


registry = EnvRegistry()


def register(id, entry_point):
    registry.env_specs[id] = EnvSpec(id, entry_point)


def make(id, **options):
    module, _, name = registry.env_specs[id].entry_point.partition(":")
    return getattr(importlib.import_module(module), name)(**options)
