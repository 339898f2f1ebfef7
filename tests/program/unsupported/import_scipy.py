# Only the modules of this language can be imported.
import scipy
# expect: error kind=unsupported line=2 message~="scipy"
