# No files.
text = open("x").read()
# expect: error kind=unsupported line=2 message~="open"
