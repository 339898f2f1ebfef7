# Dedent to a level that was never opened.
if True:
        a = 1
    b = 2
# expect: error kind=syntax line=4
