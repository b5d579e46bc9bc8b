"""
The child's end of the pipe: one descriptor, read and written with blocking calls. While it waits for
the next question nothing of the last one runs on, and a frame is out before the next line of student
code starts.
"""
# Names of our own for what student code may replace on the modules.
from json import JSONDecoder, JSONEncoder
from os import read, write
from struct import Struct

PREFIX = Struct('<II')
DESCRIPTOR = 3


class Channel:
    def __init__(self):
        self._decode = JSONDecoder().decode
        self._encode = JSONEncoder(allow_nan=False, separators=(',', ':')).encode

    def send(self, header, payload=b''):
        text = self._encode(header).encode('utf-8', 'replace')
        frame = memoryview(PREFIX.pack(len(text), len(payload)) + text + payload)
        while frame:
            frame = frame[write(DESCRIPTOR, frame):]

    def receive(self):
        """The next frame as header and payload, or None when the grader has hung up."""
        prefix = self._exactly(PREFIX.size)
        if prefix is None:
            return None
        header_bytes, payload_bytes = PREFIX.unpack(prefix)
        header = self._exactly(header_bytes)
        payload = self._exactly(payload_bytes)
        if header is None or payload is None:
            return None
        return self._decode(header.decode('utf-8')), payload

    def _exactly(self, count):
        data = bytearray()
        while len(data) < count:
            piece = read(DESCRIPTOR, count - len(data))
            if not piece:
                return None
            data += piece
        return bytes(data)
