import ctypes, gc, glob, os, socket, subprocess, sys, tempfile, threading

def tried(name, act):
    try:
        found = act()
    except BaseException as error:
        print(name, 'refused:', type(error).__name__)
        return
    print('GAINED' if found else 'nothing by', name, repr(found)[:200] if found else '')

libc = ctypes.CDLL(None, use_errno=True)
def call(number, *values): return libc.syscall(number, *values) >= 0

def files():
    # Python, its library and its packages are in the box, wherever the host keeps them.
    own = tuple({sys.base_prefix, *filter(None, sys.path)} - {'/'})
    found = []
    for folder in ('/work', '/root', '/home', '/tmp', '/var', '/etc', '/opt', '/mnt', '/run', '/srv'):
        for where, _, names in os.walk(folder):
            found += [os.path.join(where, name) for name in names if 'alternatives' not in where and not where.startswith(own) and not name.startswith('libpython')]
    return found

def look_around(right, *values):
    tried('the secret', lambda: open('__SECRET_FILE__').read())
    tried('the project', lambda: os.listdir('__PROJECT__/fixtures'))
    tried('files of the host', files)
    tried('passwords', lambda: open('/etc/passwd').read())
    tried('environment', lambda: [name for name in os.environ if 'TRIPWIRE' in name or 'TOKEN' in name or 'HOME' in name and name != 'PYTHONHOME'])
    tried('processes', lambda: glob.glob('/proc/[0-9]*') or open('/proc/self/environ').read())
    tried('its memory map', lambda: open('/proc/self/maps').read())
    tried('descriptors', lambda: [n for n in range(4, 256) if not isinstance(opened(n), OSError)])
    tried('TCP', lambda: socket.create_connection(('127.0.0.1', int('__TCP_PORT__')), 1))
    tried('a Unix socket', lambda: socket.socket(socket.AF_UNIX).connect('__SOCKET_FILE__'))
    tried('UDP', lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', int('__UDP_PORT__'))))
    return right(*values)

def opened(number):
    # What elbow itself was started with is covered by /dev/null, which gives nothing.
    try:
        return os.read(number, 1) or OSError()
    except OSError as error:
        return error

def reach_out(right, *values):
    tried('fork', lambda: os.fork() >= 0)
    tried('a program', lambda: subprocess.run(['/program', '-c', 'pass']).returncode == 0)
    tried('a shell', lambda: os.system('true') == 0)
    tried('exec in a thread', lambda: os.posix_spawn('/program', ['/program'], {}))
    tried('ptrace', lambda: call(101, 16, int('__GRADER_PID__'), 0, 0))
    tried('memory of others', lambda: call(310, int('__GRADER_PID__'), 0, 0, 0, 0, 0))
    tried('memfd', lambda: os.memfd_create('x'))
    tried('shared memory', lambda: call(29, 0, 4096, 0o1600))
    tried('keys', lambda: call(250, 0, -3, 0))
    tried('namespaces', lambda: call(272, 0x10000000))
    tried('io_uring', lambda: call(425, 8, 0))
    tried('bpf', lambda: call(321, 0, 0, 0))
    tried('killing the grader', lambda: os.kill(int('__GRADER_PID__'), 9) is None)
    tried('writing files', lambda: open('/child/values.py', 'a'))
    tried('writing in the library', lambda: open('/usr/lib/python3/x.py', 'w'))
    tried('temporary files', lambda: tempfile.TemporaryFile())
    return right(*values)

def search_memory(right, *values):
    wanted = ('expected', 'accepted', 'tolerance', 'mistakes', 'answer_key', 'helpers')
    def held():
        # Single words of these are anybody's; an expectation has several of them together.
        return [list(held) for held in gc.get_objects() if type(held) is dict and len({'accepted', 'tolerance', 'visibility', 'values', 'draws'} & set(held)) > 1][:5]
    tried('what the grader expects', held)
    frame = sys._getframe()
    names = set()
    while frame is not None:
        names |= {name for name in frame.f_locals if name in wanted}
        frame = frame.f_back
    tried('frames of the child', lambda: names)
    tried('a file of its own', lambda: open('found', 'w'))
    threading.Thread(target=lambda: [None for _ in iter(int, 1)], daemon=True).start
    return right(*values)

attacks = {
    'vae/negative-elbo-bound': look_around,
    'gmvae/negative-elbo-bound': reach_out,
    'fsvae/negative-elbo-bound': search_memory,
}
