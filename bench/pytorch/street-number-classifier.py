"""
Trains the classifier that says which class a picture of a street number shows, for the rows of an FSVAE's grid.

  street-number-classifier.py DATA OUT     writes OUT.safetensors; DATA holds train.u8, test.u8 and their labels

DATA: `node bench/export-images.mjs DATA --street-numbers`. What a network sees is made by evaluation/recognise.ts in
the same way: brightness on 16 x 16 points, as deviations from the picture's own average.
"""
import json, struct, sys
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

SIDE, HIDDEN, EPOCHS, BATCH = 32, 96, 30, 100


def pictures(data, part):
    read = lambda name: np.fromfile(f'{data}/{name}.u8', np.uint8)
    images = torch.from_numpy(read(part)).view(-1, SIDE, SIDE, 3).float() / 255
    return images.mean(3), torch.from_numpy(read(f'{part}-labels')).long()


def seen(grey):
    """[n, 32, 32] -> [n, 256]"""
    small = F.avg_pool2d(grey[:, None], 2).flatten(1)
    return (small - small.mean(1, keepdim=True)) / (small.std(1, unbiased=False, keepdim=True) + 0.02)


def varied(grey):
    """Light on dark or dark on light, and as blurred and grainy as samples of a model are."""
    if torch.rand(()) < 0.5:
        grey = 1 - grey
    if torch.rand(()) < 0.7:
        grey = F.avg_pool2d(grey[:, None], int(torch.randint(1, 3, ())) * 2 + 1, 1, padding=0)
        grey = F.interpolate(grey, size=(SIDE, SIDE), mode='bilinear', align_corners=False)[:, 0]
    return grey + 0.08 * torch.rand(()) * torch.randn_like(grey)


torch.manual_seed(1)
data, out = sys.argv[1:3]
train, answers = pictures(data, 'train')
network = nn.Sequential(nn.Linear(256, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 10))
adam = torch.optim.Adam(network.parameters(), lr=1e-3, weight_decay=1e-4)
for epoch in range(EPOCHS):
    for group in adam.param_groups:
        group['lr'] = 2e-3 * (1 - epoch / EPOCHS)
    for chosen in torch.randperm(len(train)).split(BATCH):
        adam.zero_grad()
        F.cross_entropy(network(seen(varied(train[chosen]))), answers[chosen]).backward()
        adam.step()
test, labels = pictures(data, 'test')
with torch.no_grad():
    print('recognised of the test images:', (network(seen(test)).argmax(1) == labels).float().mean().item())
arrays = {}
for layer, module in enumerate([network[0], network[2]]):
    arrays[f'classifier.{layer}.bias'] = module.bias
    arrays[f'classifier.{layer}.kernel'] = module.weight.t()
header, offset, content = {}, 0, b''
for name in sorted(arrays):
    array = np.ascontiguousarray(arrays[name].detach().numpy(), np.float32)
    header[name] = {'dtype': 'F32', 'shape': list(array.shape), 'data_offsets': [offset, offset + array.nbytes]}
    offset += array.nbytes
    content += array.tobytes()
text = json.dumps(header).encode()
with open(f'{out}.safetensors', 'wb') as file:
    file.write(struct.pack('<Q', len(text)) + text + content)
