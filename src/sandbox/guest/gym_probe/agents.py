"""
Environments of many agents in the shape of one, so that whatever is done with an environment is done with them too: `Turns` for those
whose agents act one after the other (PettingZoo's AEC), `AtOnce` for those whose agents act together (its parallel interface).
"""
import math

from .attempt import quietly

# Agents that leave the game one after the other, until somebody's turn comes.
MOST_LEAVING = 1000


class AgentSpace:
    """The space of one agent's actions; it samples legal ones where the environment says which are (`action_mask`)."""

    def __init__(self, space, mask, seed):
        self.inner, self.mask, self.seed = space, mask, seed
        self.sbx_kind = type(space).__name__

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def sample(self):
        return self.inner.sample() if self.mask is None else self.inner.sample(self.mask)

    def contains(self, action):
        return self.inner.contains(action)


class JointSpace:
    """A space for each agent; a value has one part for each of them."""

    sbx_kind, is_of_agents = "Dict", True

    def __init__(self, spaces, contains, seed=lambda number: None):
        self.spaces, self.has, self.seed = spaces, contains, seed

    def sample(self):
        return {agent: space.sample() for agent, space in self.spaces.items()}

    def contains(self, value):
        return isinstance(value, dict) and all(self.has(agent, part) for agent, part in value.items())


def mask_of(observation, info):
    """Which actions are legal: said in the observation or in the info, else None."""
    for place in (observation, info):
        mask = place.get("action_mask") if isinstance(place, dict) else None
        if mask is not None:
            return mask
    return None


class Agents:
    """What both sorts have in common. The contract is the one that everything about this environment is noted in."""

    def __init__(self, env, contract):
        self.env, self.contract = env, contract
        self.number, self.seeded = None, set()

    @property
    def unwrapped(self):
        return getattr(self.env, "unwrapped", self.env)

    @property
    def metadata(self):
        return getattr(self.env, "metadata", None)

    def render(self):
        return self.env.render()

    def close(self):
        return self.env.close()

    def seed_spaces(self, number):
        self.number, self.seeded = number, set()

    def actions_of(self, agent, mask):
        """The agent's own space, seeded before it is used first."""
        space = self.env.action_space(agent)
        if self.number is not None and agent not in self.seeded:
            self.seeded.add(agent)
            quietly(lambda: space.seed(self.number))
        return AgentSpace(space, mask, self.seed_spaces)

    def has_observation(self, agent, observation):
        """Inside the agent's space; some environments declare that of the observation without its mask."""
        space = self.env.observation_space(agent)
        inner = observation.get("observation") if isinstance(observation, dict) else None
        return bool(space.contains(observation)) or (inner is not None and bool(space.contains(inner)))

    def agents(self):
        """Those in the game; before it began, those that may take part."""
        return list(getattr(self.env, "agents", None) or getattr(self.env, "possible_agents", None) or [])

    def finite(self, reward):
        """A reward as a number; what is none is noted and counts as nothing."""
        error, value = quietly(lambda: float(reward))
        holds = error is None and math.isfinite(value)
        self.contract.expect_in_order(holds, "reward-not-finite", "a reward is not a finite number")
        return value if holds else 0.0

    def reset_with(self, seed):
        return self.env.reset() if seed is None else self.env.reset(seed=seed)


class Turns(Agents):
    """A step is the action of the agent whose turn it is; its answer is what the next one sees."""

    def __init__(self, env, contract):
        super().__init__(env, contract)
        self.turns, self.agent, self.seen, self.info = iter(()), None, None, {}

    def current(self):
        found = [self.agent] if self.agent is not None else self.agents()[:1]
        if not found:
            raise AttributeError("no agent")
        return found[0]

    @property
    def action_space(self):
        return self.actions_of(self.current(), mask_of(self.seen, self.info))

    @property
    def observation_space(self):
        agent = self.current()
        return JointSpace({}, lambda _, part: self.has_observation(agent, part)) if self.agent is None else OneSpace(
            lambda observation: self.has_observation(agent, observation))

    def reset(self, seed=None):
        self.reset_with(seed)
        self.turns, self.agent = iter(self.env.agent_iter()), None
        _, is_over = self.go_on()
        if is_over:
            raise RuntimeError("after reset() it is no agent's turn")
        return self.seen, self.info if isinstance(self.info, dict) else {}

    def step(self, action):
        self.env.step(action)
        reward, is_over = self.go_on()
        return self.seen, reward, is_over, False, self.info

    def go_on(self):
        """Goes on to the next agent that may act. Gives what was rewarded on the way, and whether there is none."""
        total = 0.0
        for _ in range(MOST_LEAVING):
            agent = next(self.turns, None)
            if agent is None:
                return total, True
            observation, reward, terminated, truncated, info = self.env.last()
            total += self.finite(reward)
            if not (terminated or truncated):
                self.agent, self.seen, self.info = agent, observation, info
                return total, False
            self.env.step(None)
        raise RuntimeError("%d agents in a row are out of the game" % MOST_LEAVING)


class OneSpace:
    """A space of which nothing is known but what is inside."""

    def __init__(self, contains):
        self.contains = contains

    def sample(self):
        raise TypeError("a space of observations")


class AtOnce(Agents):
    """A step is an action of every agent in the game."""

    def __init__(self, env, contract):
        super().__init__(env, contract)
        self.seen, self.infos = {}, {}

    @property
    def action_space(self):
        def mask(agent):
            return mask_of(self.seen.get(agent), self.infos.get(agent))
        return JointSpace({agent: self.actions_of(agent, mask(agent)) for agent in self.agents()},
                          lambda agent, action: self.env.action_space(agent).contains(action), self.seed_spaces)

    @property
    def observation_space(self):
        return JointSpace({}, self.has_observation)

    def reset(self, seed=None):
        answer = self.reset_with(seed)
        is_pair = isinstance(answer, tuple) and len(answer) == 2 and all(isinstance(part, dict) for part in answer)
        self.contract.expect_in_order(is_pair, "reset-not-pair", "reset() does not return (observations, infos)")
        observations, infos = answer if is_pair else (answer, {})
        self.take(observations, infos)
        if not getattr(self.env, "agents", None):
            raise RuntimeError("after reset() no agent is in the game")
        return self.seen, self.infos

    def step(self, actions):
        answer = self.env.step(actions)
        is_five = isinstance(answer, tuple) and len(answer) == 5 and all(isinstance(part, dict) for part in answer)
        if not is_five:
            self.contract.expect_in_order(False, "step-not-five", "step() does not return five dicts")
            # Before 1.22 there were four.
            if not isinstance(answer, tuple) or len(answer) != 4 or not all(isinstance(part, dict) for part in answer):
                raise TypeError("step() does not return five dicts")
            answer = answer[:3] + ({}, answer[3])
        observations, rewards, terminated, truncated, infos = answer
        self.take(observations, infos)
        left = list(getattr(self.env, "agents", None) or [])
        is_over = all(terminated.get(agent) or truncated.get(agent) for agent in left)
        return self.seen, sum(self.finite(reward) for reward in rewards.values()), is_over, False, self.infos

    def take(self, observations, infos):
        self.seen = observations if isinstance(observations, dict) else {}
        self.infos = infos if isinstance(infos, dict) else {}
        missing = [agent for agent in getattr(self.env, "agents", None) or [] if agent not in self.seen]
        self.contract.expect_in_order(not missing, "observation-missing", "an agent in the game is given no observation")


def as_one(env, contract):
    """The environment in the shape of one with a single agent."""
    return Turns(env, contract) if hasattr(env, "agent_iter") else AtOnce(env, contract)
