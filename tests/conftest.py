"""What every test may ask for: the shared reports, an empty archive folder, a quiet home."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# Two workers share two cores with a window and reader processes: time says nothing there.
settings.register_profile(
    "muniment",
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("muniment")

# The application is made before any fixture of a test could say so.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def shared_folder() -> Path:
    """Return where the shared reports and corpus lie: $MUNIMENT_SHARED, else beside the project."""
    return Path(os.environ.get("MUNIMENT_SHARED") or ROOT.parent / "shared")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the shared material; the test is skipped where it is absent."""
    folder = shared_folder()
    if not (folder / "reports").is_dir():
        pytest.skip(f"the shared reports are not at {folder}")
    return folder


@pytest.fixture(scope="session")
def reports(shared: Path) -> Path:
    """The folder with the few shared reports, as text and as printed PDF."""
    return shared / "reports"


@pytest.fixture(scope="session")
def corpus(shared: Path) -> Path:
    """The shared corpus (`hostile/`, `reports/`, `text/`); skipped where it is absent."""
    folder = shared / "corpus"
    if not (folder / "reports").is_dir():
        pytest.skip(f"the shared corpus is not at {folder}")
    return folder


@pytest.fixture
def archive_folder(tmp_path: Path) -> Path:
    """A path for a new archive; nothing is there yet."""
    return tmp_path / "archive"


@pytest.fixture(autouse=True)
def quiet_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the real archive, settings and screen of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("data", "config", "cache", "state"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(home / name))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("MUNIMENT_ARCHIVE", raising=False)
    return home
