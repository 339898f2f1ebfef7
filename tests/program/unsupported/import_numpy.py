# numpy is not there.
import numpy as np
# expect: error kind=unsupported line=2 message~="numpy"
