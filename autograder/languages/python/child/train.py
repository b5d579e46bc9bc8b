"""
The grader's training loop around the student's loss: rows of the data in an order that is given, Adam with a
rate that is given. What the model has become is the answer; how good it is, the grader measures itself.
"""
import torch

# Adam (Kingma and Ba 2015, arXiv:1412.6980, algorithm 1).
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


def train(rows, learning_rate, arguments, parameters, loss_of):
    """By module: its parameters after the last step, in one piece as gradients are. `loss_of` calls the student's function."""
    flat = [parameter for group in parameters.values() for parameter in group]
    averages = [(torch.zeros_like(parameter), torch.zeros_like(parameter)) for parameter in flat]
    for step, chosen in enumerate(rows.long().unbind(0), start=1):
        loss = loss_of([value[chosen] if isinstance(value, torch.Tensor) else value for value in arguments])
        if not loss.requires_grad:
            # No step would find a gradient either.
            break
        gradients = torch.autograd.grad(loss, flat, allow_unused=True)
        with torch.no_grad():
            for parameter, gradient, (first, second) in zip(flat, gradients, averages):
                if gradient is None:
                    continue
                first.mul_(BETA1).add_(gradient, alpha=1 - BETA1)
                second.mul_(BETA2).addcmul_(gradient, gradient, value=1 - BETA2)
                deviation = (second / (1 - BETA2**step)).sqrt_().add_(EPSILON)
                parameter.sub_(learning_rate / (1 - BETA1**step) * first / deviation)
    return {module: torch.cat([parameter.detach().reshape(-1) for parameter in group]) for module, group in parameters.items()}
