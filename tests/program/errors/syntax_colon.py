# A missing colon.
if True
    r = 1
# expect: error kind=syntax line=2
