s = 'Hello, World'
print(s[0], s[-1], s[2:5], s[:3], s[::2], s[::-1], s[5:1], s[-3:], s[100:], s[1:-1:3])
print(s.upper(), s.lower(), s.title(), s.swapcase(), 'hELLO wORLD'.capitalize(), "they're".title())
print(s.find('o'), s.rfind('o'), s.find('z'), s.index('W'), s.count('l'), s.count(''), 'aaaa'.count('aa'), s.find('o', 5), s.find('o', 5, 8))
print(s.startswith('Hell'), s.endswith(('x', 'ld')), s.startswith('W', 7), 'W' in s, 'xyz' not in s, '' in s)
print('  a b '.strip() + '|', '  a b '.lstrip() + '|', '  a b '.rstrip() + '|', 'xxaxx'.strip('x'), 'abcba'.strip('ab'))
print('a,b,,c'.split(','), ' a  b '.split(), 'a,b,c'.split(',', 1), 'a b c'.split(None, 1), ''.split(), ''.split(','), 'abc'.split('x'))
print('a,b,c'.rsplit(',', 1), ' a b  c '.rsplit(None, 1), 'a\nb\r\nc\n'.splitlines(), 'a\nb'.splitlines(True), 'a-b-c'.partition('-'), 'a-b-c'.rpartition('-'), 'abc'.partition('-'))
print('-'.join(['a', 'b', 'c']), ''.join('xyz'), ', '.join(str(i) for i in range(3)), 'ab' * 3, 3 * 'ab', 'a' * -1, 'a' 'b')
print('a-b-a'.replace('a', 'x'), 'aaa'.replace('a', 'b', 2), 'abc'.replace('', '-'), 'abc'.replace('x', 'y'))
print('7'.zfill(3), '-7'.zfill(4), 'ab'.center(6, '*'), 'abc'.center(6), 'ab'.ljust(4) + '|', 'ab'.rjust(4), 'ab'.center(5, '.'), 'abc'.center(8, '.'))
print('123'.isdigit(), ''.isdigit(), 'abc'.isalpha(), 'a1'.isalnum(), ' \t'.isspace(), 'Abc'.isupper(), 'ABC1'.isupper(), 'abc'.islower(), 'a_1'.isidentifier(), '1a'.isidentifier())
print('prefix_x'.removeprefix('prefix_'), 'x.py'.removesuffix('.py'), 'abc'.removesuffix('x'))
print(repr('a'), repr("it's"), repr('say "x"'), repr('both \' and "'), repr('\n\t\\\x00\x7f'), repr('é'), repr('\u200b'))
print('é'.upper() == 'É' or True, len('é'), 'naïve'[2], 'naïve'[::-1], 'naïve'.find('v'), len('日本語'), '日本語'[1:], ord('é'), chr(233), chr(8364), ord('a'))
print('a' < 'b', 'a' < 'B', 'abc' < 'abd', 'ab' < 'abc', 'Z' < 'a', max('hello'), sorted('hello'))
print('%d %s %r %5.2f %-5s| %05d %x %o %e %g %% %c %+d' % (3, 'a', 'b', 3.14159, 'ab', 42, 255, 8, 12345.678, 0.0001, 'z', 5))
print('%(a)s %(b)03d' % {'a': 1, 'b': 2}, '%s' % None, '%s' % [1], '%s %s' % (1, (2,)), '%*d' % (5, 3), '%.3s' % 'abcdef', '%5s|%-5s|' % ('a', 'b'))
print('{} {}'.format(1, 'a'), '{1} {0}'.format('a', 'b'), '{x:.2f}'.format(x=3.14159), '{:>5}|{:<5}|{:^5}'.format(1, 2, 3), '{0[1]} {0}'.format([1, 2]), '{{}} {!r}'.format('a'), '{:{}}'.format('a', 4) + '|')
print(f'{1 + 1}', f'{s!r:>20}', f'{3.14159:.2f}', f'{10:05d}', f'{1e10:g}', f'{255:#x}', f'{255:b}', f'{1234567.891:,.2f}', f'{1234567:_}', f'{0.5:%}', f'{0.1234:.1%}')
x, w = 5, 10
print(f'{x=}', f'{x = }', f'{x:>{w}}', f'{x!s}', f"{'nested'}", f'{{x}}', f'{x:+}', f'{-x: }', f'{x: d}', f'{"a":*^7}', f'{[1, 2]}', f'{None}', f'{True:d}', f'{True}')
print(f'{1.0}', f'{1.5:e}', f'{100.0:.3g}', f'{123456.0:.3}', f'{0.00001234:.3g}', f'{1.0:.0f}', f'{2.5:.0f}', f'{float("inf")}', f'{float("nan"):.2f}', f'{-0.0:.1f}', f'{12:.2f}', f'{1e100:.2f}'[:10])
print(format(3.14159, '.3f'), format(42), format('a', '>3'), format(1000000, ','), format(-5, '08.2f'), format(5, '^+9'), format(1234.5, '010,.1f'), format(255, '#o'), format(97, 'c'))
print('a\tb', 'line1\nline2', r'raw\n', 'a\
b', '\x41\u0042\103', """tri
ple""", 'con' "cat" f'{1}')
print(str(1.0), str(None), str([1, 'a', None]), str({'a': 1}), str((1,)), str(()), str({1}), str(range(3)), str(True), repr(1e-7))
print('abc'.index('c'), [c for c in 'abc'], list('ab'), tuple('ab'), dict.fromkeys('ab', 0), 'a' in ['a'], 'abc'.__class__.__name__)
for f in [lambda: 'abc'.index('z'), lambda: 'abc'[5], lambda: 'abc'['a'], lambda: ''.join([1]), lambda: 'a'.split(''), lambda: '%d' % 'a', lambda: '%d %d' % (1,), lambda: '%d' % (1, 2),
          lambda: '{}'.format(), lambda: f'{1:z!}', lambda: 'a'.foo, lambda: f'{"a":d}', lambda: '{a}'.format(), lambda: chr(-1), lambda: ord('ab'), lambda: 'a' * 1.5, lambda: f'{[]:>5}', lambda: 1 in 'abc']:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
