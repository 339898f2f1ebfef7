# No input.
x = input("width?")
# expect: error kind=unsupported line=2 message~="input"
