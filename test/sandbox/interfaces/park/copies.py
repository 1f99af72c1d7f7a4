"""Gymnasium's vector interface: many copies in one."""
import numpy as np
from gymnasium import spaces
from gymnasium.vector.utils import batch_space

from .conduct import SIZE, Conduct


class Copies:
    metadata = {"render_modes": []}
    kind, length = "plain", 60

    def __init__(self, num_envs):
        self.num_envs = num_envs
        self.single_observation_space = spaces.Box(0, 255, (SIZE,), np.float32)
        self.single_action_space = spaces.Discrete(3)
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.action_space = batch_space(self.single_action_space, num_envs)
        self.conduct = Conduct(self.kind)

    def reset(self, *, seed=None, options=None):
        self.conduct.begin(seed)
        self.turn = 0
        return np.stack([self.conduct.look() for _ in range(self.num_envs)]), {}

    def step(self, actions):
        self.turn += 1
        rewards = np.asarray(actions, np.float64) % 3
        over = np.full(self.num_envs, self.turn % self.length == 0)
        return np.stack([self.conduct.look() for _ in range(self.num_envs)]), rewards, np.zeros(self.num_envs, bool), over, {}

    def close(self, **_):
        return None
