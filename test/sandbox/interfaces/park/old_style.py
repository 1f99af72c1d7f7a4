"""Gym before 0.26: four values of a step, the observation alone of a reset, seeds by a method."""
import gym
import numpy as np
from gym import spaces

from .conduct import SIZE, Conduct


class OldStyle:
    metadata = {"render.modes": []}
    kind, length = "plain", 60

    def __init__(self):
        self.observation_space = spaces.Box(0, 255, (SIZE,), np.float32)
        self.action_space = spaces.Discrete(3)
        self.conduct = Conduct(self.kind)

    def seed(self, seed=None):
        self.conduct.begin(seed)
        return [seed]

    def reset(self):
        self.turn = 0
        return self.conduct.look()

    def step(self, action):
        self.turn += 1
        return self.conduct.look(), float(int(action) % 3), self.turn >= self.length, {}


Env = gym.Env
