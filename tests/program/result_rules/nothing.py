# No shape at all.
a = 3
# expect: error kind=value
