"""Runs one call on the student's code and measures what the grader asked for."""
import re
import types

import torch

from elbow_child.models import GivenModel, Nns, build_model, refresh_prior
from elbow_child.python_noise import seed_other_generators
from elbow_child.thrown import describe_thrown
from elbow_child.train import train
from elbow_child.unanswered import is_empty, reason_unanswered
from elbow_child.values import PayloadReader, PayloadWriter, plain_data


class Unanswered(Exception):
    """Nobody has written this function."""


def execute(call, payload, surroundings):
    """The answer to a call, and its numbers."""
    reader, writer = PayloadReader(payload), PayloadWriter()
    noise = surroundings.noise
    try:
        result, gradients = run(call, reader, writer, surroundings)
    except Unanswered as reason:
        result, gradients = {'kind': 'unanswered', 'reason': str(reason)[:4000]}, []
    except BaseException as error:
        result, gradients = judge_raised(error, call, surroundings), []
    finally:
        noise.stop()
    answer = {'type': 'answer', 'id': call['id'], 'result': result, 'gradients': gradients, 'draws': noise.draws(), 'operations': noise.operations}
    return answer, writer.bytes()


def run(call, reader, writer, surroundings):
    noise = surroundings.noise
    stream = call['noise'].get('stream')
    stream = torch.zeros(0) if stream is None else reader.tensor(stream)
    undo_settings()
    # Loading draws from no stream, and the same hand-in loads the same way each time.
    torch.manual_seed(call['noise']['seed'])
    with noise:
        found = find_function(call, surroundings)
        function, arguments, parameters = bind(found, call, reader, surroundings)
        noise.start(stream, call['noise']['seed'], call['noise'].get('law', 'normal'))
        seed_other_generators(call['noise']['seed'])
        # The object whose method it is, or the argument that stands in for one.
        model = next((owner for owner in [getattr(function, '__self__', None), *arguments] if isinstance(owner, torch.nn.Module)), None)
        function = calls_through(function, call, surroundings)
        if 'training' in call:
            trained = trained_with(function, model, arguments, parameters, call['training'], reader)
            return {'kind': 'returned', 'value': plain_data(trained, writer)}, []
        returned = function(*arguments)
        noise.stop()
        draws, operations = noise.draws(), noise.operations
        if returned is None and is_empty(surroundings.source(call['module']), call['function']):
            raise Unanswered('%s has not been written yet' % call['function'])
        value = plain_data(returned, writer)
        gradients = [{'component': wanted['component'], **differentiated(returned, wanted, parameters, reader, writer)} for wanted in call['gradients']]
    noise.operations = operations
    return {'kind': 'returned', 'value': value}, gradients


def undo_settings():
    """What an earlier task left behind must not cost this one."""
    torch.set_grad_enabled(True)
    torch.set_default_dtype(torch.float32)


def find_function(call, surroundings):
    module, name = call['module'], call['function']
    if not surroundings.modules.has(module):
        raise Unanswered('%s is not in the hand-in' % module)
    loaded = surroundings.modules.load(module)
    first, *rest = name.split('.')
    failures = surroundings.modules.failures
    failure = failures.get((module, first), failures.get(module))
    if failure is not None and first not in vars(loaded):
        raise failure
    found = vars(loaded).get(first)
    for part in rest:
        found = getattr(found, part, None)
    if found is None:
        raise Unanswered('%s has nothing named %s' % (module, name))
    return found


def calls_through(function, call, surroundings):
    """The given function that is called with the student's as its first argument, where one is named."""
    if 'through' not in call:
        return function
    through = call['through']
    given = find_function(through, surroundings)
    functions = [as_asked(function, through, surroundings), *(as_asked(found_at(place, surroundings), place, surroundings) for place in through.get('with', ()))]
    return lambda *arguments: given(*functions, *arguments)


def as_asked(function, place, surroundings):
    """Where a course has conventions of its own, what was asked for in its place."""
    if 'asAsked' not in place:
        return function
    given = find_function(place['asAsked'], surroundings)
    return lambda *arguments: given(function, *arguments)


def found_at(place, surroundings):
    """A function, or a method of an object of its class."""
    if '.' not in place['function']:
        return find_function(place, surroundings)
    owner, method = place['function'].rsplit('.', 1)
    owner = find_function({**place, 'function': owner}, surroundings)
    return getattr(object_of(owner, vars(surroundings.modules.load(place['module']))), method)


def bind(found, call, reader, surroundings):
    """What to call, with which arguments, and what gradients are taken with respect to."""
    model = next((argument['model'] for argument in call['arguments'] if argument['kind'] == 'model'), None)
    arguments, parameters = [], {}
    function = found
    if model is not None and '.' in call['function']:
        owner, method = call['function'].rsplit('.', 1)
        student_class = find_function({**call, 'function': owner}, surroundings)
        built, parameters = build_model(student_class, model, reader, surroundings.nns)
        function = getattr(built, method)
    elif '.' in call['function']:
        function = found_at(call, surroundings)
    for argument in call['arguments']:
        if argument['kind'] == 'number':
            value = argument['value']
            arguments.append(int(value) if float(value).is_integer() else value)
        elif argument['kind'] == 'tensor':
            tensor = reader.tensor(argument['tensor'])
            if model is None and call['gradients'] and tensor.dtype == torch.float32 and not argument.get('constant'):
                parameters[argument['name']] = [tensor.requires_grad_()]
                # Not a leaf, as what a network returns is none: it may be changed in place.
                tensor = tensor.clone()
            arguments.append(tensor)
        elif argument['kind'] == 'record':
            entries = {name: value if isinstance(value, (int, float)) else reader.tensor(value) for name, value in argument['entries'].items()}
            # Under the names of the fixtures, and as Python writes them.
            arguments.append(types.SimpleNamespace(**entries, **{as_python_writes(name): value for name, value in entries.items() if as_python_writes(name) != name}))
        elif '.' not in call['function']:
            built, parameters = plain_model(argument['model'], reader)
            arguments.append(built)
    return function, arguments, parameters


def object_of(owner, scope):
    """An object of the class that the hand-in made itself, or one that no constructor has filled: its networks are not asked for."""
    if not isinstance(owner, type):
        return owner
    made = next((value for value in scope.values() if type(value) is owner), None)
    if made is not None:
        return made
    bare = owner.__new__(owner)
    if isinstance(bare, torch.nn.Module):
        torch.nn.Module.__init__(bare)
    return bare


def as_python_writes(name):
    return re.sub('([A-Z])', r'_\1', name).lower()


def trained_with(function, model, arguments, parameters, training, reader):
    def loss_of(values):
        refresh_prior(model, parameters)
        return component_of(function(*values), training).reshape(())

    return train(reader.tensor(training['rows']), training['learningRate'], arguments, parameters, loss_of)


def plain_model(model, reader):
    """For a function that takes the model as an argument: an object with the homework's networks and no more."""
    return build_model(GivenModel, model, reader, Nns())


def differentiated(returned, wanted, parameters, reader, writer):
    try:
        scalar = scalar_of(component_of(returned, wanted), wanted, reader)
        flat = [parameter for group in parameters.values() for parameter in group]
        if not scalar.requires_grad or not flat:
            found = [None] * len(flat)
        else:
            found = list(torch.autograd.grad(scalar, flat, retain_graph=True, allow_unused=True))
    except BaseException as error:
        return {'modules': [], 'error': describe_thrown(error)['message']}
    modules = []
    for module, group in parameters.items():
        pieces, found = found[:len(group)], found[len(group):]
        if all(piece is None for piece in pieces):
            modules.append({'module': module, 'tensor': None})
            continue
        # A parameter that the result does not depend on has a gradient of zero.
        whole = torch.cat([(torch.zeros_like(parameter) if piece is None else piece).reshape(-1) for parameter, piece in zip(group, pieces)])
        modules.append({'module': module, 'tensor': writer.tensor(whole)})
    return {'modules': modules}


def component_of(returned, wanted):
    component = wanted['component']
    found = returned
    if component != '':
        if type(returned) in (list, tuple) or isinstance(returned, tuple):
            place = wanted.get('position', -1)
            found = returned[place] if 0 <= place < len(returned) else None
        else:
            found = returned.get(component) if isinstance(returned, dict) else None
    if not isinstance(found, torch.Tensor):
        raise TypeError('what is returned is not a tensor' if component == '' else '%s is not a tensor' % component)
    return found


def scalar_of(component, wanted, reader):
    if 'weights' not in wanted:
        return component.reshape(())
    return (component * reader.tensor(wanted['weights'])).sum()


def judge_raised(error, call, surroundings):
    reason = reason_unanswered(error, surroundings.source(call['module']), call['function'])
    if reason is not None:
        return {'kind': 'unanswered', 'reason': reason}
    return {'kind': 'threw', 'error': describe_thrown(error)}
