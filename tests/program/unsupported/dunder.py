# Python's inner names are refused.
x = (1).__class__
# expect: error kind=unsupported line=2 message~="__class__"
