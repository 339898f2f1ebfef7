# An attribute of None.
w = None
r = w.box(1, 1, 1)
# expect: error kind=value line=3
