import json, os, struct, sys

GRADER = 3

def frame(header, payload=b''):
    text = json.dumps(header).encode()
    return struct.pack('<II', len(text), len(payload)) + text + payload

def full_marks(of):
    return {'type': 'answer', 'id': of, 'result': {'kind': 'returned', 'value': {'kind': 'number', 'offset': 0}}, 'gradients': [], 'draws': [], 'operations': 1}

def prints_success(right, *values):
    print('PASS 100/100')
    print('ok 1 - all tests passed\n# tests 1\n# pass 1', file=sys.stderr)
    print('<testsuite tests="1" failures="0"/>')
    print(json.dumps({'score': 100, 'passed': True}))
    sys.stdout.write(frame(full_marks(1)).decode('latin-1'))
    return right(*values)

def answers_first(right, *values):
    for of in range(1, 40):
        os.write(GRADER, frame(full_marks(of), struct.pack('<d', 1.0)))
    return right(*values)

def claims_four_gigabytes(right, *values):
    os.write(GRADER, b'\xff' * 8)
    return right(*values)

def writes_garbage(right, *values):
    os.write(GRADER, 'full marks, please\n'.encode() * 1000)
    return right(*values)

def stops_in_a_frame(right, *values):
    os.write(GRADER, frame(full_marks(1))[:20])
    while True:
        os.read(GRADER, 1 << 20)

def closes_the_channel(right, *values):
    os.close(GRADER)
    return right(*values)

def says_ready_again(right, *values):
    os.write(GRADER, frame({'type': 'ready', 'protocol': 1, 'backend': 'cpu'}))
    return right(*values)

attacks = {
    'vae/negative-elbo-bound': answers_first,
    'gmvae/negative-elbo-bound': claims_four_gigabytes,
    'iwae/vae-negative-iwae-bound': stops_in_a_frame,
    'iwae/gmvae-negative-iwae-bound': closes_the_channel,
    'gmvae/log-normal-mixture': says_ready_again,
    'ssvae/negative-elbo-bound': prints_success,
    'fsvae/negative-elbo-bound': writes_garbage,
}
