"""Reads the values of arguments, and says in plain words what is wrong with one."""

import argparse
from pathlib import Path

from index.describing import is_date


def whole(text: str) -> int:
    """Return a whole number, 0 or more."""
    number = integer(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"“{text}” is less than 0")
    return number


def counted(text: str) -> int:
    """Return a whole number, 1 or more."""
    number = integer(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is less than 1")
    return number


def integer(text: str) -> int:
    """Return any whole number."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number") from None


def date(text: str) -> str:
    """Return a year, a month or a day as YYYY, YYYY-MM or YYYY-MM-DD."""
    if not is_date(text):
        raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2016 or 2016-05-21")
    return text


def score(text: str) -> float:
    """Return a score, from 0 to 1."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 0 to 1")
    return number


def assignment(text: str) -> tuple[str, str]:
    """Return the two sides of NAME=VALUE; the value may be empty."""
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise argparse.ArgumentTypeError(f"“{text}” is not NAME=VALUE")
    return name, value


def some_path(text: str) -> Path:
    """Return a path; an empty argument does not mean the folder where the user stands."""
    if not text:
        raise argparse.ArgumentTypeError("a path is empty")
    return Path(text)
