# A keyword as a name.
class = 3
# expect: error kind=syntax line=2
