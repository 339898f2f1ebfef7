# Python's inner structure cannot be walked.
x = ().__class__.__bases__[0].__subclasses__()
# expect: error kind=unsupported line=2
