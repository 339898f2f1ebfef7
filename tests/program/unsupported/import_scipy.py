# Packages beyond the language's own and a little numpy are not there.
import scipy
# expect: error kind=unsupported line=2 message~="scipy"
