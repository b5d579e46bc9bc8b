"""
Between what a course's function returns and what the assignment asks for: another order of a tuple's parts,
another sign, another reduction over the batch. The grader adds a function for each task in which a course differs.
"""
import inspect

import torch


def as_asked(returned, given, parts, signs, theirs, ours):
    """Of a course: by name where it has parts. `parts` are in the course's order."""
    rows = rows_of(given)
    if not parts:
        return changed(returned, signs.get('', 1), theirs, ours, rows)
    if isinstance(returned, (list, tuple)) and len(returned) == len(parts):
        returned = dict(zip(parts, returned))
    if not isinstance(returned, dict):
        return returned
    return {name: changed(value, signs.get(name, signs.get('', 1)), theirs, ours, rows) for name, value in returned.items()}


def as_the_course(returned, given, order, parts, signs, theirs, ours):
    """The same way back. `order` is the assignment's order of the parts."""
    rows = rows_of(given)
    if not parts:
        return changed(returned, signs.get('', 1), ours, theirs, rows)
    named = returned if isinstance(returned, dict) else dict(zip(order, returned))
    return tuple(changed(named.get(name), signs.get(name, signs.get('', 1)), ours, theirs, rows) for name in parts)


def changed(value, sign, has, wanted, rows):
    if not isinstance(value, (torch.Tensor, float, int)):
        return value
    if has == 'none' and isinstance(value, torch.Tensor) and value.dim() > 0:
        value = value.mean(0) if wanted == 'mean' else value.sum(0)
    elif has == 'sum' and wanted == 'mean':
        value = value / rows
    elif has == 'mean' and wanted == 'sum':
        value = value * rows
    return -value if sign < 0 else value


def rows_of(given):
    """The batch is the first axis of the first tensor."""
    return next((value.shape[0] for value in given if isinstance(value, torch.Tensor) and value.dim() > 0), 1)


def fits(function, *given):
    """Whether a function can be called so, without calling it. @raises with what it takes instead."""
    if not callable(function):
        raise TypeError('it is no function, but of type %s' % type(function).__name__)
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return 1.0
    try:
        signature.bind(*given)
    except TypeError:
        raise TypeError('it takes %s, and is called with %d' % (signature, len(given))) from None
    return 1.0
