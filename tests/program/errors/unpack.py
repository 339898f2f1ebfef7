# Too few values to unpack.
a, b, c = (1, 2)
# expect: error kind=value line=2
