"""What goes wrong, with its place."""

from __future__ import annotations


class Error(Exception):
    """A refusal in words a person can act on.

    kind: "syntax", "value", "input", "unsupported", "limit", "geometry", "internal".
    line, column: where in the program, 1-based; 0 where that means nothing.
    """

    def __init__(self, kind: str, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}: " if self.line else ""
        return place + self.message

    # So that it travels between processes whole.
    def __reduce__(self) -> tuple[type["Error"], tuple[str, str, int, int]]:
        return Error, (self.kind, self.message, self.line, self.column)
