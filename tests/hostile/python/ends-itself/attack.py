import ctypes, os, signal, sys

def deeper(values):
    return deeper([values])

def interrupts(right, *values):
    raise KeyboardInterrupt('as from the keyboard')

attacks = {
    'vae/sample-gaussian': lambda right, *values: os._exit(0),
    'vae/negative-elbo-bound': lambda right, *values: sys.exit('PASS'),
    'gmvae/log-normal': lambda right, *values: ctypes.string_at(0),
    'gmvae/negative-elbo-bound': lambda right, *values: os.kill(os.getpid(), signal.SIGKILL) if len(values[1]) % 2 else os.abort(),
    'iwae/vae-negative-iwae-bound': interrupts,
    'iwae/gmvae-negative-iwae-bound': lambda right, *values: deeper(values),
    'ssvae/negative-elbo-bound': lambda right, *values: os.kill(os.getpid(), signal.SIGXCPU),
    'fsvae/negative-elbo-bound': lambda right, *values: os.kill(os.getpid(), signal.SIGSTOP),
}
