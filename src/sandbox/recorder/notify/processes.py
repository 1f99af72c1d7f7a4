"""Which program started which. Sources: proc(5) on /proc/PID/status, pid_namespaces(7)."""

MOST_PROCESSES = 20000
DEEPEST = 8


def status(thread):
    """Fields of a process by name, each a list of words; empty when it is gone."""
    try:
        with open("/proc/%d/status" % thread, "rb") as file:
            lines = file.read(4096).decode("utf-8", "replace").split("\n")
    except OSError:
        return {}
    return {name: rest.split() for name, _, rest in (line.partition(":") for line in lines)}


class Processes:
    """Programs by the process that runs them, each with the chain of those that led to it."""

    def __init__(self):
        self.chains = {}
        self.inside = {}

    def runs(self, thread, program, is_own):
        """Notes that a process becomes a program, and gives its chain, the first program first. A program of the sandbox's own stands in a
        chain only as its beginning."""
        fields = status(thread)
        process = number(fields.get("Tgid"))
        # What became of the process that it was is known; what it was started by comes before that.
        above = self.above(number(fields.get("PPid")))
        chain = above if is_own and above else above + [program]
        if len(chain) > DEEPEST:
            chain = chain[:DEEPEST // 2] + ["..."] + chain[-DEEPEST // 2:]
        if process and len(self.chains) < MOST_PROCESSES:
            self.chains[process] = chain
            self.inside[number(fields.get("NStgid"))] = program
        return chain

    def above(self, process):
        for _ in range(DEEPEST):
            if process in self.chains:
                return self.chains[process]
            if process < 2:
                break
            process = number(status(process).get("PPid"))
        return []

    def of(self, inside):
        """The program that runs under a number as seen in the sandbox, or None."""
        return self.inside.get(inside)


def number(words):
    """The innermost of the numbers that a process has, 0 when there is none."""
    return int(words[-1]) if words and words[-1].isdigit() else 0
