print(7 // 2, -7 // 2, 7 // -2, -7 // -2, 7 % 3, -7 % 3, 7 % -3, -7 % -3)
print(7.5 // 2, -7.5 // 2, 7.5 % -2, -7.5 % 2, 0.0 % -1, 1e300 % 7)
print(2 ** 10, 2 ** -2, (-2) ** 3, 2.0 ** 0.5, 0 ** 0, 0.0 ** 0, 10 ** 18)
print(1 / 3, 2 / 1, 1e16, 1e15, 123456789.123456789, 1e-5, 0.0001, 1e22, 1.5e300)
print(1 == 1.0, True == 1, hash(1) == hash(1.0), 1 < 1.5, 2 ** 53 + 1 == float(2 ** 53))
print(True + True, True * 3, -True, ~5, 5 & 3, 5 | 3, 5 ^ 3, 1 << 10, -1 >> 1, 1023 >> 3, True & False, True | 2)
print(round(0.5), round(1.5), round(2.5), round(-0.5), round(2.675, 2), round(1234.5678, -2), round(1250, -2), round(1350, -2))
print(round(1e300), round(-2.5), round(3.14159, 3), round(5), round(5, 1), round(0.1 + 0.2, 10)) if False else print(round(-2.5), round(3.14159, 3))
print(abs(-3), abs(-3.5), abs(True), divmod(7, 2), divmod(-7, 2), divmod(7.5, 2), pow(2, 5), pow(2, 5, 7), pow(2.0, 3))
print(int(3.9), int(-3.9), int('42'), int(' -7 '), int('ff', 16), int('0x1f', 0), int('0b11', 2), int('1_000'), int(True))
print(float('1.5'), float(' 1e3 '), float('inf'), float('-inf'), float('nan'), float(3), float('1_0.5'))
print(bool(0), bool(0.0), bool(''), bool([]), bool('0'), bool(None), bool({}), bool(set()), bool(1e-300))
print(bin(10), oct(10), hex(255), hex(-255), bin(0))
print((5).bit_length(), (0.5).is_integer(), (2.0).is_integer(), (0.75).as_integer_ratio(), (3).real)
print(max(1, 2.5, -1), min([3, 1, 2]), max('abc'), max([], default=0), min([1, -2], key=abs), max((1, 'a'), (0, 'b')))
print(sum([1, 2, 3]), sum([0.1] * 10), sum([], 5), sum([[1], [2]], []))
print(1 if 0.1 + 0.2 == 0.3 else 2, 0.1 + 0.2, 1e308 * 10, -1e308 * 10, 5e-324, 1.7976931348623157e308)
print(1 < 2 < 3, 1 < 3 < 2, 1 < 2 > 0, 3 > 2 == 2, not 1 == 2)
print(0x10, 0o17, 0b101, 1_000_000, 1e3, .5, 5., 1E-2)
print(-2 ** 2, (-2) ** 2, 2 ** 3 ** 2, -3 % 5 * 2, 10 - 4 - 3, 100 / 10 / 2)
print(9007199254740993 < 9007199254740992.0, 9007199254740993 == 9007199254740992.0, 3 < float('inf'), 3 > float('nan'))
print(float('inf') - float('inf'), float('nan') == float('nan'), [float('nan')] == [1], -0.0, 0.0 == -0.0)
print(int(1e15), int(-0.9), 7 .real, 1e2 .real, 3 .__class__.__name__)
for text in ['abc', '', '1.5', '0x', '1__0']:
    try:
        print(int(text))
    except ValueError as e:
        print(e)
for text in ['abc', '', '0x10', '1e', 'infx']:
    try:
        print(float(text))
    except ValueError as e:
        print(e)
for f in [lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: 1.0 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: 0 ** -1,
          lambda: int(float('nan')), lambda: int(float('inf')), lambda: 2.0 ** 10000, lambda: 'a' + 1, lambda: 1 + 'a', lambda: [] + (),
          lambda: -'a', lambda: 1 < 'a', lambda: len(5), lambda: None + 1, lambda: {} < {}, lambda: round('a'), lambda: abs('a'),
          lambda: 1 << -1, lambda: int([]), lambda: float(None), lambda: max([]), lambda: sum(['a']), lambda: min(1, 'a'), lambda: 5 & 1.0]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
