"""Exceptions. Their words are those of the program: what was found and expected, where, and a hint."""


class GedankenError(Exception):
    """Anything that went wrong inside Gedanken; the others are kinds of it."""


class InputError(GedankenError, ValueError):
    """Settings or data that cannot be used."""


class MissingFileError(GedankenError, FileNotFoundError):
    """A file that is not there."""


for _error in (GedankenError, InputError, MissingFileError):
    _error.__module__ = "gedanken"
