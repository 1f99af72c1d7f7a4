"""
A stub, for tests, of the part of Gym 0.21 that the probe and an environment meet: no release of Gym has a wheel, and none is built here.
Its spaces are those of Gymnasium, which Gym's became.
"""
import importlib

from . import envs

__version__ = "0.21.0"
spaces = importlib.import_module("gymnasium.spaces")


class Env:
    metadata = {"render.modes": []}
    observation_space = action_space = None

    def step(self, action):
        raise NotImplementedError

    def reset(self):
        raise NotImplementedError

    def render(self, mode="human"):
        raise NotImplementedError

    def close(self):
        return None

    def seed(self, seed=None):
        return None

    @property
    def unwrapped(self):
        return self


make, register = envs.registration.make, envs.registration.register
