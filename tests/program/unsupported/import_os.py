# Only cadquery and math can be imported.
import os
# expect: error kind=unsupported line=2 message~="os"
