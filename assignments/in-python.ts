/** What homeworks in Python share. */

/** PyTorch is large before it has done anything, and a first call sets things up. */
export const inPythonLimits = { cpuSeconds: 10, memoryMegabytes: 1536 } as const;

export const pythonGradientHint =
  'Gradients must get through your result. `.item()`, `.data`, `.detach()`, `torch.no_grad()`, a new tensor made of numbers, argmax, or `sample()` where `rsample()` is needed cuts the path.';
