"""Runs the target's code so that whatever it throws ends that step alone."""


def attempt(recorder, subject, action):
    """Gives (True, result), or (False, None) after a record of the failure, which an exit counts as too."""
    try:
        return True, action()
    except BaseException as error:
        recorder.fail(subject, error)
        return False, None


def quietly(action):
    """Gives (None, result) or (error, None); for what a good environment may well refuse."""
    try:
        return None, action()
    except BaseException as error:
        return error, None


def told(error):
    """An error in a few words."""
    try:
        text = " ".join(str(error).split())[:160]
    except BaseException:
        text = ""
    return type(error).__name__ + (": " + text if text else "")
