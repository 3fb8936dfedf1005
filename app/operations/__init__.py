"""What the user can do to an archive: one keyword-only function an action, one file a noun.

Each takes the session and plain values, hands the library call to
`session.write`, which runs it on the one write worker, emits
`session.changed` with the `Changes` the library returned, and then calls
`done` on the window's thread.
"""
