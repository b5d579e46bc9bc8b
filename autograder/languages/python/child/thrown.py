"""What a student's code raised, as text that is safe to make: a hostile __str__ is survived."""
import traceback

# Of the file names student code is compiled under; frames are recognised by it.
PREFIX = 'submission:///'
MAX_FRAMES = 10


def describe_thrown(error):
    return {
        'name': text(lambda: type(error).__name__)[:200] or 'Error',
        'message': text(lambda: str(error))[:4000],
        'frames': own_frames(error),
    }


def text(read):
    try:
        return str(read()).encode('utf-8', 'replace').decode('utf-8')
    except BaseException:
        return ''


def own_frames(error):
    """The innermost first, and only those in files of the hand-in: ours and the library's help nobody."""
    try:
        walked = list(traceback.walk_tb(error.__traceback__))[-1000:]
        found = [(frame.f_code, line, instruction) for (frame, line), instruction in zip(walked, instructions(error.__traceback__)[-1000:])]
    except BaseException:
        return []
    frames = []
    for code, line, instruction in reversed(found):
        if not code.co_filename.startswith(PREFIX):
            continue
        frames.append({'path': code.co_filename[len(PREFIX):][:300], 'line': max(0, line or 0), 'column': column(code, instruction)})
        if len(frames) == MAX_FRAMES:
            break
    return frames


def instructions(trace):
    places = []
    while trace is not None:
        places.append(trace.tb_lasti)
        trace = trace.tb_next
    return places


def column(code, instruction):
    """Counted from 1; Python knows columns from 3.11 on."""
    if not hasattr(code, 'co_positions'):
        return 1
    for index, (_, _, start, _) in enumerate(code.co_positions()):
        if index == instruction // 2:
            return 1 if start is None else start + 1
    return 1
