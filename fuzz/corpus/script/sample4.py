def numbers(n):
    x = yield
    yield n, 1
    yield from range(n)
    y = yield n
if (n := len(a)) > 10: print(n)
m = -2 ** -3 ** 2 + ~5 - +6 @ a % 3 << 2 & 7 | 8 ^ 9
s = r'\d' + "it's" + 'say "hi"' + '\x41\u00e9\101\n\t\\' + '''tri
ple''' + """a"b""" + rf'{x}\n' + u'u'
t = not a == b, (1).real, 1.5.real, (-1).real, (1,), (), [], {}
g = a if b else c if d else e
h = (lambda: (yield))
k = x[1:2, *y], x[:], x[::2], x[(1, 2)], x[1,]
if __name__ == "__main__": run()
