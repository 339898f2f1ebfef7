# A failing assert.
assert 1 > 2, "one is not more than two"
# expect: error kind=value line=2
