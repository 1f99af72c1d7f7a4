import os


class Desk:
    def __init__(self, greeting):
        self.greeting, self.steps = greeting, 0

    def reset(self):
        self.steps = 0
        return {"observation": self.greeting, "reward": 0.0, "done": False}

    def step(self, action):
        self.steps += 1
        if self.steps == 30:
            with open(os.path.join(os.path.dirname(__file__), "__init__.py"), "rb") as handle:
                handle.read()
        return {"observation": "Noted: " + action["note"][:20], "reward": 1.0, "done": self.steps >= 40}
