# No eval.
x = eval("1 + 1")
# expect: error kind=unsupported line=2 message~="eval"
