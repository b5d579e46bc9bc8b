import gc, sys
import torch

def objects(named):
    return [held for held in gc.get_objects() if type(held).__name__ == named]

def answers_by_the_channel(right, *values):
    for channel in objects('Channel'):
        channel.send({'type': 'answer', 'id': 1, 'result': {'kind': 'returned', 'value': {'kind': 'number', 'offset': 0}}, 'gradients': [], 'draws': [], 'operations': 0}, b'\0' * 8)
        channel.send = lambda header, payload=b'': None
    return right(*values)

def changes_the_child(right, *values):
    frame = sys._getframe()
    while frame is not None:
        for name, value in list(frame.f_globals.items()):
            if name in ('plain_data', 'tensor_data', 'scalar_of', 'differentiated', 'component_of'):
                frame.f_globals[name] = lambda *given, **named: {'kind': 'other', 'description': 'full marks'}
        frame = frame.f_back
    return right(*values)

def reads_the_stream(right, *values):
    streams = [held for noise in objects('Noise') for held in vars(noise).values() if isinstance(held, torch.Tensor)]
    print('noise of', len(streams))
    for noise in objects('Noise'):
        for name, value in vars(noise).items():
            if isinstance(value, torch.Tensor) and value.is_floating_point():
                value.zero_()
    return right(*values)

attacks = {
    'vae/negative-elbo-bound': answers_by_the_channel,
    'gmvae/negative-elbo-bound': changes_the_child,
    'vae/sample-gaussian': reads_the_stream,
}
