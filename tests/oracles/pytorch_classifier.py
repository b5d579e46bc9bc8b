"""Steps of Adam on 100 times the cross entropy of a classifier 784-300-300-10 with ReLU, in PyTorch.

  pytorch_classifier.py FOLDER    reads bits (float32, steps x 100 x 784), labels (bytes) and start (safetensors);
                                  writes end/<tensor>, float32, kernels [in, out]
"""
import json, os, struct, sys
import numpy as np
import torch
from torch.nn import functional as F

folder = sys.argv[1]
data = open(f'{folder}/start', 'rb').read()
length = struct.unpack('<Q', data[:8])[0]
header = json.loads(data[8:8 + length])
names = [f'classifier.{layer}.{part}' for layer in range(3) for part in ('kernel', 'bias')]
parameters = []
for name in names:
    first, last = header[name]['data_offsets']
    array = np.frombuffer(data[8 + length + first:8 + length + last], np.float32).reshape(header[name]['shape'])
    parameters.append(torch.tensor(array.copy(), requires_grad=True))

bits = torch.from_numpy(np.fromfile(f'{folder}/bits', np.float32)).view(-1, 100, 784)
labels = torch.from_numpy(np.fromfile(f'{folder}/labels', np.uint8)).long()
adam = torch.optim.Adam(parameters, lr=1e-3)
for x in bits:
    k0, b0, k1, b1, k2, b2 = parameters
    logits = torch.relu(torch.relu(x @ k0 + b0) @ k1 + b1) @ k2 + b2
    adam.zero_grad()
    (100 * F.cross_entropy(logits, labels)).backward()
    adam.step()

os.makedirs(f'{folder}/end', exist_ok=True)
for name, value in zip(names, parameters):
    np.ascontiguousarray(value.detach().numpy()).tofile(f'{folder}/end/{name}')
