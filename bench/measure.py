"""Runs a command and tells, as one line of JSON, what it used together with everything it started.

    measure.py LOG COMMAND [ARGUMENT ...]     what the command prints goes to the file LOG

A process's time reaches its parent only when the parent waits for it, and nobody waits for a box that
was killed together with bubblewrap. So this process adopts every descendant that is left alone and
waits for it as well; the kernel then adds all of them up. Linux only.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
import time

PR_SET_CHILD_SUBREAPER = 36

if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
    sys.exit("measure.py: descendants cannot be adopted here")

with open(sys.argv[1], "wb") as log:
    started = time.monotonic()
    command = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=log, stderr=log)

wall = status = None
while True:
    try:
        ended, how = os.wait()
    except ChildProcessError:
        break
    if ended == command.pid:
        wall, status = time.monotonic() - started, os.waitstatus_to_exitcode(how)

used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"status": status, "wall": wall, "cpu": used.ru_utime + used.ru_stime}))
