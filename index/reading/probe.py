"""What a locked-down process tries, so that a test can see that all of it is refused."""

import os
import socket
from collections.abc import Callable
from pathlib import Path


def try_everything() -> dict[str, str]:
    """Try to reach the network, the disk and other programs; return “refused (…)” or “allowed”."""
    attempts: dict[str, Callable[[], object]] = {
        "socket": _connect,
        "open": lambda: os.close(os.open("/etc/passwd", os.O_RDONLY)),
        "list": lambda: list(Path("/").iterdir()),
        "write": _write,
        "exec": lambda: os.execv("/bin/true", ["true"]),
        "fork": _fork,
    }
    return {name: _try(attempt) for name, attempt in attempts.items()}


def _try(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError as error:
        return f"refused ({error.strerror})"
    return "allowed"


def _connect() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as connection:
        connection.settimeout(1)
        connection.connect(("127.0.0.1", 9))


def _write() -> None:
    os.close(os.open("probe.txt", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
