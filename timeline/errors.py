"""The one error that a user's input can raise: a clear sentence that says what, where and what to do."""


class InputError(ValueError):
    """Input that cannot be used: the message is one sentence with file and line where there is one.

    The command line prints it and exits with code 2; from Python it is an ordinary ValueError.
    """
