import mmap, os, re, threading, time

kept = []

def computes(right, *values):
    while True:
        pass

def waits(right, *values):
    time.sleep(1e8)

def backtracks(right, *values):
    re.match(r'(a+)+$', 'a' * 64 + 'b')
    return right(*values)

def grows(right, *values):
    while True:
        kept.append(bytearray(b'x') * (1 << 24))

def shares(right, *values):
    # Memory that RLIMIT_DATA does not see.
    while True:
        memory = mmap.mmap(-1, 1 << 26)
        memory.write(b'x' * (1 << 26))
        kept.append(memory)

def prints(right, *values):
    while True:
        print('y' * 10_000)

def starts_threads(right, *values):
    for _ in range(100_000):
        threading.Thread(target=time.sleep, args=(1e6,), daemon=True).start()
    return right(*values)

def opens(right, *values):
    while True:
        kept.append(os.pipe())

attacks = {
    'vae/sample-gaussian': backtracks,
    'vae/negative-elbo-bound': computes,
    'gmvae/log-normal': grows,
    'gmvae/log-normal-mixture': shares,
    'gmvae/negative-elbo-bound': waits,
    'iwae/vae-negative-iwae-bound': opens,
    'ssvae/negative-elbo-bound': prints,
    'fsvae/negative-elbo-bound': starts_threads,
}
