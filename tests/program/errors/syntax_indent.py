# A wrong indentation.
for i in range(3):
r = i
# expect: error kind=syntax line=3
