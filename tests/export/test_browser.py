"""The report in a browser: it runs nothing, and asks nothing of anybody."""

import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.programs import run

# What the browser asks its maker of its own accord has nothing to do with a page.
MAKER = re.compile(r"^\w+ (https?://)?[\w.-]+\.(google|googleapis|gvt1|gstatic)\.com[:/]")
OWN_WISHES = "NetworkTimeServiceQuerying,OptimizationHints,MediaRouter,Translate,AutofillServer"
QUIET = (
    "--headless --no-sandbox --disable-gpu --no-first-run --no-default-browser-check "
    "--disable-sync --disable-background-networking --disable-component-update "
    "--disable-default-apps --disable-extensions --disable-domain-reliability "
    "--disable-client-side-phishing-detection --metrics-recording-only "
    f"--disable-features={OWN_WISHES}"
).split()


class Listener:
    """Takes every connection that the browser would make to anywhere, and answers none."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(10)
                line = connection.recv(2000).partition(b"\r\n")[0].decode("latin-1")
                self.heard.append(line)
                connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    @property
    def asked(self) -> list[str]:
        """The requests that a page made."""
        return [line for line in self.heard if not MAKER.match(line)]

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A proxy that hears of every request."""
    found = Listener()
    yield found
    found.close()


def shown(page: Path, folder: Path, listener: Listener) -> str:
    """Return a page as the browser has it after everything on it was loaded and run."""
    given = (f"--user-data-dir={folder / 'profile'}", f"--proxy-server=http://{listener.address}")
    # Without this the browser goes to this computer by itself.
    aside = "--proxy-bypass-list=<-loopback>"
    waiting = "--virtual-time-budget=3000"
    command = (*QUIET, *given, aside, waiting, "--dump-dom", page.as_uri())
    return run("chromium", *command).decode("utf-8")


def test_the_report_runs_nothing_and_asks_for_nothing(
    bundle: Path, tmp_path: Path, listener: Listener
) -> None:
    page = shown(bundle / "report.html", tmp_path, listener)
    assert "Bibliography" in page
    assert 'alert("x")&lt;/script&gt;' in page
    assert "&lt;img src=" in page
    assert not re.search(r"https?://[^\s/]*\.(google|googleapis|gvt1|gstatic)\.com", page)
    assert listener.asked == []


def test_the_page_of_the_crate_asks_for_nothing(
    bundle: Path, tmp_path: Path, listener: Listener
) -> None:
    assert "report.html" in shown(bundle / "ro-crate-preview.html", tmp_path, listener)
    assert listener.asked == []


def test_a_page_that_asks_and_runs_is_noticed(tmp_path: Path, listener: Listener) -> None:
    page = tmp_path / "loud.html"
    page.write_text(
        "<p id=p></p><img src='http://reports.invalid/seen.png'>"
        "<script>document.getElementById('p').textContent = 'ran'</script>"
    )
    assert ">ran</p>" in shown(page, tmp_path, listener)
    assert [line for line in listener.asked if "http://reports.invalid/seen.png" in line]
