"""PettingZoo, all agents at once."""
import numpy as np
from gymnasium import spaces
from pettingzoo import ParallelEnv

from .conduct import SIZE, Conduct


class AtOnce:
    metadata = {"name": "at_once_v0", "render_modes": []}
    kind, length = "plain", 60

    def __init__(self, render_mode=None):
        self.render_mode = render_mode
        self.possible_agents = ["east", "west"]
        self.agents = []
        self.observed = {agent: spaces.Box(0, 255, (SIZE,), np.float32) for agent in self.possible_agents}
        self.allowed = {agent: spaces.Discrete(3) for agent in self.possible_agents}
        self.conduct = Conduct(self.kind)

    def observation_space(self, agent):
        return self.observed[agent]

    def action_space(self, agent):
        return self.allowed[agent]

    def reset(self, seed=None, options=None):
        self.conduct.begin(seed)
        self.agents, self.turn = self.possible_agents[:], 0
        return {agent: self.conduct.look() for agent in self.agents}, {agent: {} for agent in self.agents}

    def step(self, actions):
        agents, self.turn = self.agents, self.turn + 1
        rewards = {agent: float(int(actions[agent]) % 3) for agent in agents}
        is_over = self.turn >= self.length
        self.agents = [] if is_over else agents
        over, no = {agent: is_over for agent in agents}, {agent: False for agent in agents}
        return {agent: self.conduct.look() for agent in agents}, rewards, no, over, {agent: {} for agent in agents}
