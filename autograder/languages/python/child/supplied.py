"""
Right functions for modules of the hand-in, loaded before any line of the student's, so that nothing the
student replaces is met by them.
"""
from elbow_child.modules import Modules

# Not the prefix of student code: frames in these files are shown to nobody.
PREFIX = 'supplied:///'


def load_supplied(supplied, nns):
    """Path of a module of the hand-in -> right functions by name."""
    if supplied is None:
        return {}
    right = Modules(supplied['files'], root='supplied', prefix=PREFIX)
    right.add_stand_in('nns', nns)
    found = {}
    for entry in supplied['functions']:
        function = getattr(right.load(entry['source']), entry.get('called', entry['function']))
        found.setdefault(entry['module'], {})[entry['function']] = bound(function)
    return found


def bound(function):
    return lambda *values, **named: function(*values, **named)
