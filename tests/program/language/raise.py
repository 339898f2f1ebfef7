# A raised error is the program's error.
def check(n):
    if n < 0:
        raise ValueError("negative width")
check(-1)
# expect: error kind=value line=4
