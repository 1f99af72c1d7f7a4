"""Watches the rewards of a long run."""
import math

EXPLODED = 1e9
# Fewer say nothing; constants that rewards have by convention: nothing yet, a cost per step, still standing.
ENOUGH = 1000
USUAL_CONSTANTS = (0.0, 1.0, -1.0)


class Rewards:
    def __init__(self, contract):
        self.contract, self.count = contract, 0
        self.first, self.is_constant, self.early, self.late, self.late_from = None, True, 0.0, 0.0, ENOUGH

    def add(self, reward):
        try:
            value = float(reward)
            finite = math.isfinite(value)
        except (TypeError, ValueError):
            finite = False
        self.contract.expect(finite, "reward-not-finite", "a reward is not a finite number")
        if not finite:
            return
        self.count += 1
        self.first = value if self.first is None else self.first
        self.is_constant = self.is_constant and value == self.first
        size = abs(value)
        if self.count <= ENOUGH:
            self.early = max(self.early, size)
        else:
            self.late = max(self.late, size)

    def judge(self):
        """After the last of them."""
        expect = self.contract.expect
        largest = max(self.early, self.late)
        expect(largest < EXPLODED, "reward-explodes", "rewards reach %.3g" % largest)
        if self.count < 2 * ENOUGH:
            return
        expect(self.early == 0 or self.late < 1e3 * self.early, "reward-drifts",
               "rewards of up to %.3g grow to %.3g after step %d" % (self.early, self.late, ENOUGH))
        is_odd = self.is_constant and self.first not in USUAL_CONSTANTS
        expect(not is_odd, "reward-constant", "every reward of %d steps is %.6g, whatever was done" % (self.count, self.first or 0.0))
