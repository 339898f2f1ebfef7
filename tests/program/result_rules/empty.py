# An empty program.
# expect: error kind=value
