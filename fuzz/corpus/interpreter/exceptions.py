def attempt(f):
    try:
        return f()
    except ZeroDivisionError:
        return 'zero'
    except (ValueError, TypeError) as e:
        return f'{type(e).__name__}: {e}'
    else:
        return 'unreachable'
    finally:
        print('finally', end=' ')
print(attempt(lambda: 1 / 0), attempt(lambda: int('x')), attempt(lambda: 1 + 'a'), attempt(lambda: 5))
def order():
    out = []
    try:
        out.append('try')
        raise KeyError('k')
    except LookupError as e:
        out.append(repr(e))
    else:
        out.append('else')
    finally:
        out.append('finally')
    try:
        out.append('try2')
    except Exception:
        out.append('no')
    else:
        out.append('else2')
    return out
print(order())
def nested():
    try:
        try:
            raise ValueError('inner')
        except ValueError as e:
            raise RuntimeError('outer') from e
    except RuntimeError as e:
        return str(e)
print(nested())
def reraise():
    try:
        try:
            [][0]
        except IndexError:
            raise
    except IndexError as e:
        return 'again ' + str(e)
print(reraise())
def override():
    try:
        return 1
    finally:
        return 2
def loop():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
        finally:
            print('f', i, end=' ')
    return i
print(override(), loop())
def swallow():
    try:
        raise ValueError
    except Exception:
        pass
    return 'ok'
print(swallow())
try:
    assert 1 == 2, 'message'
except AssertionError as e:
    print('assert', e)
try:
    assert False
except AssertionError as e:
    print('assert', repr(e), str(e) == '')
e = 5
try: raise Exception('a', 1)
except Exception as e: print(e.args, e)
try: e
except NameError as n: print(n)
print(repr(ValueError('a')), repr(ValueError()), repr(KeyError(1, 2)), str(KeyError('k')), str(ValueError(3)), ValueError('x').args)
for kind in [ArithmeticError, LookupError, Exception, BaseException]:
    for f in [lambda: 1 / 0, lambda: {}[1], lambda: [][1]]:
        try: f()
        except kind as ex: print(kind.__name__, type(ex).__name__, end=', ')
        except Exception as ex: print('other', type(ex).__name__, end=', ')
print()
try: raise NotImplementedError('later')
except RuntimeError as ex: print(type(ex).__name__, ex)
try: raise ValueError
except ValueError as ex: print(repr(ex))
try:
    raise 5
except TypeError as ex: print(ex)
def gen():
    yield 1
    raise ValueError('in generator')
try:
    for v in gen(): print(v)
except ValueError as ex: print(ex)
print([x for x in (1, 2, 3) if x > 1])
def deep(n):
    if n == 0: raise KeyError('deep')
    deep(n - 1)
try: deep(50)
except KeyError as ex: print('caught', ex)
import math
for h in [lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.acos(2), lambda: math.exp(1000), lambda: math.factorial(-1), lambda: math.floor(float('nan')), lambda: math.sqrt('a'), lambda: math.pow(0, -1), lambda: math.fmod(1, 0), lambda: math.cosh(1000)]:
    try: print(h())
    except Exception as ex: print(type(ex).__name__, ex)
value = None
value.attribute
