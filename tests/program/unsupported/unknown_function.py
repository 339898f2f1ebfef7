# The unknown name of the module is named.
import cadquery as cq
r = cq.makeCoffee()
# expect: error kind=unsupported line=3 message~="makeCoffee"
