# Nor a function's globals.
f = lambda: 1
x = f.__globals__
# expect: error kind=unsupported line=3
