"""The program in the box. Finds the files beside it, and serves."""
import os
import sys
import types


def main():
    # A package made by hand: student code that says `import values` must not meet ours.
    package = types.ModuleType('elbow_child')
    package.__path__ = [os.path.dirname(os.path.abspath(__file__))]
    sys.modules['elbow_child'] = package
    from elbow_child.serve import serve

    for name in [name for name in sys.modules if name.partition('.')[0] == 'elbow_child']:
        del sys.modules[name]
    serve()


main()
