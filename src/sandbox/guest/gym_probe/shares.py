"""Shares what is left of a probe's time between what is driven in turn."""
import time

OUT_OF_TIME = " was not driven, for lack of time: allow more in resources.wallSeconds of a manifest given with --manifest"


def shares(recorder, entries, deadline):
    """Gives each entry, a tuple that begins with its name, with the seconds that are its own; says what there is no time for."""
    for position, entry in enumerate(entries):
        left = deadline - time.monotonic()
        if left < 0:
            recorder.send({"t": "left", "what": entry[0] + OUT_OF_TIME})
        else:
            yield entry, left / (len(entries) - position)
