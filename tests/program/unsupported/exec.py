# No exec.
exec("x = 1")
# expect: error kind=unsupported line=2 message~="exec"
