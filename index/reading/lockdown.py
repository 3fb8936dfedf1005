"""How a reader process gives up every right before it touches a byte of a foreign file.

Each layer is best effort, since kernels and systems differ; `lock_down` says
what became of each, and the probe job of `worker` shows what is refused.
"""

import contextlib
import ctypes
import functools
import importlib
import os
import signal
import struct
import sys
import tempfile
from typing import Any


def _module(name: str) -> Any:
    """Import a module that some systems lack, or whose library they lack."""
    try:
        return importlib.import_module(name)
    except Exception:
        return None


resource = _module("resource")
pyseccomp = _module("pyseccomp") if sys.platform == "linux" else None

MEMORY = 640 << 20  # bytes of private memory; text and libraries come on top
OPEN_FILES = 32

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWNET = 0x08000000, 0x10000000, 0x40000000
PR_SET_SECCOMP, SECCOMP_FILTER = 22, 2
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446
PATH_BENEATH, READ_FILE, READ_FOLDER = 1, 1 << 2, 1 << 3

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts")
"""What a reader may open: a PDF whose fonts are not inside it is drawn and measured with these."""

REFUSED_CALLS = """
accept accept4 add_key bind bpf chdir chmod chown chroot clone clone3 connect creat delete_module
execve execveat fanotify_init fchmod fchmodat fchown fchownat fork fsopen init_module inotify_init
inotify_init1 io_uring_enter io_uring_register io_uring_setup ioperm iopl kexec_load keyctl kill
lchown link linkat listen mkdir mkdirat mknod mknodat mount move_mount name_to_handle_at open
open_by_handle_at open_tree openat openat2 perf_event_open pidfd_getfd pidfd_open pivot_root
process_vm_readv process_vm_writev ptrace quotactl reboot rename renameat renameat2 request_key
rmdir sendmmsg sendmsg sendto setdomainname sethostname setns shmat shmget socket socketpair
swapoff swapon symlink symlinkat tgkill tkill truncate umount2 unlink unlinkat unshare userfaultfd
utime utimensat utimes vfork
""".split()


@functools.cache
def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def leave_the_network() -> str:
    """Move this process into a user and network namespace of its own, where the system lets it."""
    if sys.platform != "linux":
        return "not on this system"
    if _libc().unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) == 0:
        return "on"
    return f"refused ({os.strerror(ctypes.get_errno())})"


def die_with_parent() -> None:
    """Have the kernel end this process when its parent ends (Linux)."""
    if sys.platform == "linux":
        _libc().prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def prepare() -> None:
    """Make what every reader takes over from the helper, once: rules for paths and for calls."""
    if sys.platform == "linux":
        path_rules()
        for fonts in (True, False):
            _program(fonts)


def lock_down(cpu_seconds: int) -> dict[str, str]:
    """Give up what can be given up and return what became of each layer."""
    report = {"limits": _limit(cpu_seconds)}
    if sys.platform == "linux":
        libc = _libc()
        libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        report["landlock"] = _landlock(libc)
        # Opening is left to Landlock, which allows fonts alone; without it nothing is opened.
        report["seccomp"] = _seccomp(libc, fonts=report["landlock"].startswith("on"))
    return report


def _limit(cpu_seconds: int) -> str:
    if resource is None:
        return "not on this system"
    wanted = {"FSIZE": 0, "CORE": 0, "NOFILE": OPEN_FILES, "NPROC": 0, "DATA": MEMORY}
    if cpu_seconds:
        wanted["CPU"] = cpu_seconds
    missing = []
    for name, value in wanted.items():
        try:
            kind = getattr(resource, f"RLIMIT_{name}")
            hard = resource.getrlimit(kind)[1]
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (value, value))
        except (AttributeError, OSError, ValueError):
            missing.append(name)
    return f"without {' '.join(missing)}" if missing else "on"


@functools.cache
def path_rules() -> tuple[int, str]:
    """Return a descriptor of the rules that allow the system's fonts alone, and what became of it.

    The descriptor is -1 where the kernel has no such rules.
    """
    libc = _libc()
    version = libc.syscall(LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return -1, "not in this kernel"
    paths = (1 << 13) - 1
    for since, bit in ((2, 13), (3, 14), (5, 15)):
        paths |= (1 << bit) if version >= since else 0
    rules = struct.pack("QQQ", paths, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    descriptor = libc.syscall(LANDLOCK_CREATE, rules, size, 0)
    if descriptor < 0:
        return -1, f"refused ({os.strerror(ctypes.get_errno())})"
    for folder in FONT_FOLDERS:
        _allow_reading(libc, descriptor, folder)
    return descriptor, f"on (version {version})"


def _landlock(libc: Any) -> str:
    """Refuse every path but the system's fonts, to be read, and every port."""
    descriptor, became = path_rules()
    if descriptor < 0:
        return became
    if libc.syscall(LANDLOCK_RESTRICT, descriptor, 0) != 0:
        became = f"refused ({os.strerror(ctypes.get_errno())})"
    os.close(descriptor)
    return became


def _allow_reading(libc: Any, rules: int, folder: str) -> None:
    """Let files below a folder be read, if it is there."""
    try:
        place = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rule = struct.pack("=Qi", READ_FILE | READ_FOLDER, place)
        libc.syscall(LANDLOCK_ADD, rules, PATH_BENEATH, rule, 0)
    finally:
        os.close(place)


class _Program(ctypes.Structure):
    """A filter program as the kernel takes it: how many instructions, and where."""

    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


@functools.cache
def call_filter(fonts: bool) -> bytes:
    """Return the compiled filter of refused calls, empty where it cannot be made.

    It is compiled once, in the helper, since that takes longer than a small file.
    """
    if pyseccomp is None:
        return b""
    try:
        rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
        for name in REFUSED_CALLS:
            if fonts and name in ("open", "openat"):
                continue
            # Not every kernel knows every call.
            with contextlib.suppress(Exception):
                rules.add_rule(pyseccomp.ERRNO(1), name)
        with tempfile.TemporaryFile() as file:
            rules.export_bpf(file)
            file.seek(0)
            return file.read()
    except Exception:
        return b""


@functools.cache
def _program(fonts: bool) -> tuple[_Program, Any]:
    """Return the filter as the kernel takes it, and the memory that it lies in."""
    code = call_filter(fonts)
    buffer = ctypes.create_string_buffer(code, len(code))
    return _Program(len(code) // 8, ctypes.addressof(buffer)), buffer


def _seccomp(libc: Any, *, fonts: bool) -> str:
    """Refuse the calls that open, send, start or change anything."""
    if not call_filter(fonts):
        return "no libseccomp"
    program = ctypes.byref(_program(fonts)[0])
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_FILTER, program, 0, 0) != 0:
        return f"refused ({os.strerror(ctypes.get_errno())})"
    return "on"
