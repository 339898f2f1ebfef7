# A number is not a function.
n = 3
r = n(1)
# expect: error kind=value line=3
