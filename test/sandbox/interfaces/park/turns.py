"""PettingZoo, one agent at a time."""
import numpy as np
from gymnasium import spaces
from pettingzoo import AECEnv

from .conduct import SIZE, Conduct


class Turns:
    metadata = {"name": "turns_v0", "render_modes": []}
    kind, length = "plain", 60

    def __init__(self, render_mode=None):
        self.render_mode = render_mode
        self.possible_agents = ["black", "white"]
        self.observed = {agent: spaces.Box(0, 255, (SIZE,), np.float32) for agent in self.possible_agents}
        self.allowed = {agent: spaces.Discrete(4) for agent in self.possible_agents}
        self.conduct = Conduct(self.kind)

    def observation_space(self, agent):
        return self.observed[agent]

    def action_space(self, agent):
        return self.allowed[agent]

    def reset(self, seed=None, options=None):
        self.conduct.begin(seed)
        self.agents = self.possible_agents[:]
        self.rewards = {agent: 0.0 for agent in self.agents}
        self._cumulative_rewards = dict(self.rewards)
        self.terminations = {agent: False for agent in self.agents}
        self.truncations = dict(self.terminations)
        self.infos = {agent: {"action_mask": np.array([1, 1, 1, 0], np.int8)} for agent in self.agents}
        self.agent_selection, self.turn = self.agents[0], 0
        self.seen = {agent: self.conduct.look() for agent in self.agents}

    def observe(self, agent):
        return self.seen[agent]

    def step(self, action):
        agent = self.agent_selection
        if self.terminations[agent] or self.truncations[agent]:
            self._was_dead_step(action)
            return
        if action not in (0, 1, 2):
            raise ValueError("not a legal move")
        self._cumulative_rewards[agent] = 0.0
        self.rewards = {each: float(action) if each == agent else 0.0 for each in self.agents}
        self.turn += 1
        if self.turn >= self.length:
            self.truncations = {each: True for each in self.agents}
        self.agent_selection = self.agents[self.turn % len(self.agents)]
        self.seen[self.agent_selection] = self.conduct.look()
        self._accumulate_rewards()
