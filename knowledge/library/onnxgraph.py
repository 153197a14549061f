"""The few messages of the ONNX format that a small network needs, written as bytes that ONNX Runtime reads.

Protocol Buffers fields by number, as onnx.proto (ONNX 1.13, IR version 8) has them.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import IO

import numpy as np
from numpy.typing import NDArray

IR_VERSION = 8
OPSETS = {"": 17, "com.microsoft": 1}
ELEMENT_TYPES = {"float32": 1, "uint8": 2, "int8": 3}
FLOAT, INT = 1, 2  # AttributeProto.AttributeType
VARINT, BYTES, FIXED32 = 0, 2, 5
LOW_BITS, MORE = 0x7F, 0x80

Array = NDArray[np.float32] | NDArray[np.int8] | NDArray[np.uint8]


@dataclass(slots=True)
class Graph:
    """A network under construction; each method gives back the name of what it adds."""

    _nodes: list[bytes] = field(default_factory=list)
    _constants: list[bytes] = field(default_factory=list)

    def constant(self, name: str, values: Array) -> str:
        """Add fixed numbers, such as weights."""
        dims = b"".join(_number(1, size) for size in values.shape)
        raw = np.ascontiguousarray(values).tobytes()
        tensor = dims + _number(2, ELEMENT_TYPES[values.dtype.name]) + _text(8, name) + _message(9, raw)
        self._constants.append(tensor)
        return name

    def node(
        self, operator: str, inputs: Iterable[str], outputs: str | Sequence[str], domain: str = "", **how: float
    ) -> str:
        """Add an operation; whole numbers in `how` become integer attributes. Gives the first output's name.

        "" stands for an input that is left out.
        """
        named = [outputs] if isinstance(outputs, str) else list(outputs)
        parts = [_text(1, one) for one in inputs] + [_text(2, one) for one in named] + [_text(4, operator)]
        parts += [_message(5, _attribute(name, value)) for name, value in how.items()] + [_text(7, domain)]
        self._nodes.append(b"".join(parts))
        return named[0]

    def write(self, file: IO[bytes], given: str, sizes: Sequence[str | int], outputs: Sequence[str]) -> None:
        """Write the whole model. `sizes` are those of what is given, 32-bit numbers; a name stands for any size."""
        parts = [(1, node) for node in self._nodes] + [(2, b"graph")] + [(5, constant) for constant in self._constants]
        parts += [(11, _value(given, sizes)), *((12, _value(output, None)) for output in outputs)]
        file.write(_number(1, IR_VERSION))
        file.write(_head(7, sum(len(_head(number, len(part))) + len(part) for number, part in parts)))
        for number, part in parts:
            file.write(_head(number, len(part)))
            file.write(part)
        for domain, version in OPSETS.items():
            file.write(_message(8, _text(1, domain) + _number(2, version)))


def _attribute(name: str, value: float) -> bytes:
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, INT)
    return _text(1, name) + _varint(2 << 3 | FIXED32) + struct.pack("<f", value) + _number(20, FLOAT)


def _value(name: str, sizes: Sequence[str | int] | None) -> bytes:
    tensor = _number(1, ELEMENT_TYPES["float32"])
    if sizes is not None:
        dims = [_text(2, size) if isinstance(size, str) else _number(1, size) for size in sizes]
        tensor += _message(2, b"".join(_message(1, one) for one in dims))
    return _text(1, name) + _message(2, _message(1, tensor))


def _text(number: int, text: str) -> bytes:
    return _message(number, text.encode())


def _message(number: int, content: bytes) -> bytes:
    return _head(number, len(content)) + content


def _head(number: int, size: int) -> bytes:
    """What stands before a field of so many bytes."""
    return _varint(number << 3 | BYTES) + _varint(size)


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3 | VARINT) + _varint(value % (1 << 64))


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > LOW_BITS:
        out.append(value & LOW_BITS | MORE)
        value >>= 7
    out.append(value)
    return bytes(out)
