# An operator without operand.
r = 3 + * 4
# expect: error kind=syntax line=2
