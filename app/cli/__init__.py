"""The command line: every job of the window that makes sense without one."""
