# Classes are refused.
class Part:
    pass
# expect: error kind=unsupported line=2 message~="class"
