"""The program in the box. Finds the files beside it, and serves."""
import gc
import os
import sys
import types


def main():
    # A package made by hand: student code that says `import values` must not meet ours.
    package = types.ModuleType('elbow_child')
    package.__path__ = [os.path.dirname(os.path.abspath(__file__))]
    sys.modules['elbow_child'] = package
    # What is made while everything is loaded stays: to look through it for garbage again and again takes a twentieth of the start.
    gc.disable()
    from elbow_child.later import load_parts_later

    load_parts_later()
    from elbow_child.serve import serve

    gc.freeze()
    gc.enable()
    for name in [name for name in sys.modules if name.partition('.')[0] == 'elbow_child']:
        del sys.modules[name]
    serve()


main()
