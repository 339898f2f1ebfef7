// Programs that want too much, or what they must not have: each ends soon, with
// an error of the right kind, and cannot catch it.
#include <gtest/gtest.h>

#include <ctime>

#include "unit/interpreter/run_program.h"

namespace cadrecode::interpreter {
namespace {

// "kind line" of the error, and a check that it came soon.
std::string fate(const std::string& text, Limits limits = {}) {
  const std::clock_t start = std::clock();  // CPU time: the machine may be busy
  const std::string output = run_program(text, limits);
  EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, 20.0) << text;
  const size_t begin = output.rfind('\n') == std::string::npos ? 0 : output.rfind('\n') + 1;
  return output.substr(begin, output.find(':', begin) - begin);
}

Limits small() {
  Limits limits;
  limits.steps = 200'000;
  limits.memory = 16 << 20;
  return limits;
}

TEST(Hostile, EndlessLoops) {
  for (const char* text :
       {"while True: pass", "while 1:\n  try: x = 1\n  except: pass",
        "import itertools\nfor i in itertools.count(): pass",
        "import itertools\nlist(itertools.repeat(1))",
        "import itertools\nsum(itertools.cycle([1]))", "x = [i for i in iter(int, 1)]",
        "def g():\n  while True: yield 1\nfor x in g(): pass", "any(False for _ in iter(int, 1))",
        "a = [1]\nfor x in a: a.append(x)", "max(range(10**12))",
        "10**9 in map(abs, range(10**9))"}) {
    EXPECT_EQ(fate(text, small()).substr(0, 5), "limit") << text;
  }
}

TEST(Hostile, MemoryBombs) {
  for (const char* text :
       {"x = [0] * 10**9",
        "x = 'a' * 10**9",
        "x = (1, 2) * 10**9",
        "x = [[0] * 1000] * 10**7",
        "x = 'a' * 10**18",
        "x = [0] * 2**62",
        "x = 'a'\nwhile True: x += x",
        "x = [1]\nwhile True: x = x + x",
        "x = []\nwhile True: x.append('abc' * 100)",
        "x = {}\ni = 0\nwhile True:\n  x[i] = str(i) * 10\n  i += 1",
        "x = list(range(10**9))",
        "x = '%1000000000d' % 1",
        "x = '{:>1000000000}'.format(1)",
        "x = f'{1:1000000000}'",
        "x = 'a'.ljust(10**9)",
        "x = 'a'.center(10**9)",
        "x = '1'.zfill(10**9)",
        "x = ''.join(['a' * 10**6] * 10**4)",
        "x = 'a' * 10**6\nx = x.replace('a', x)",
        "x = [1]\nwhile True: x = [x, x, 'aaaaaaaaaaaaaaaaaaaaaaaa' * 9]; y = repr(x)",
        "x = tuple(range(10**8))",
        "x = sorted(range(10**9))",
        "x = [i for i in range(10**9)]",
        "x = {i for i in range(10**9)}",
        "a = [1] * 10**5\nx = [a + a for _ in range(10**6)]",
        "import itertools\nx = list(itertools.product(range(1000), repeat=10))",
        "x = [[[[1 for a in range(10**3)] for b in range(10**3)] for c in range(10**3)] for d in "
        "range(10**3)]",
        "x = 'x'.join(str(i) for i in range(10**9))",
        "x = [0]\nx[0:0] = range(10**9)",
        "x = list(zip(*[range(10**8)] * 10))",
        "def f(*a): return f(*a, *a)\nf(1)",
        "print('a' * (15 << 20) + 'b' * (15 << 20))"}) {
    const std::string kind = fate(text, small());
    EXPECT_EQ(kind.substr(0, 5), "limit") << text;
  }
}

TEST(Hostile, DeepRecursion) {
  for (const char* text :
       {"def f(): return f()\nf()", "def f(n): return [f(n + 1)]\nf(0)", "f = lambda: f()\nf()",
        "def f():\n  try: return f()\n  except: return f()\nf()",
        "class A:\n  def __repr__(self): return repr(self)\nprint(A())",
        "class A:\n  def __eq__(self, o): return self == o\nA() == A()",
        "class A:\n  def __add__(self, o): return self + o\nA() + 1",
        "class A:\n  def __getattr__(self, n): return self.x\nA().y",
        "x = []\nfor i in range(100000): x = [x]\nprint(x)",
        "x = ()\nfor i in range(100000): x = (x,)\nhash(x)",
        "x = []\ny = []\nfor i in range(100000): x = [x]; y = [y]\nx == y",
        "def f(g): return sorted([1, 2], key=lambda v: f(g))\nf(1)",
        "import functools\ndef f(x): return functools.reduce(lambda a, b: f(a), [1, 2])\nf(1)",
        "def g(n):\n  yield from g(n + 1)\nlist(g(0))",
        "f = lambda x: map(f, [x])\ng = (h for h in [1])\nfor i in range(100000): g = (h for h in "
        "g)\nlist(g)",
        "class A:\n  def __init__(self): A()\nA()",
        "import copy\nx = []\nfor i in range(100000): x = [x]\ncopy.deepcopy(x)",
        "import copy\nx = []\nx.append(x)\ncopy.deepcopy(x)"}) {
    EXPECT_EQ(fate(text).substr(0, 5), "limit") << text;
  }
  // Freeing a deep structure is no recursion.
  EXPECT_EQ(run_program("x = []\nfor i in range(100000): x = [x]\nx = None\nprint('ok')"), "ok\n");
  EXPECT_EQ(run_program("x = {}\nfor i in range(100000): x = {'a': (x,)}\nprint('ok')"), "ok\n");
}

TEST(Hostile, HugeNumbers) {
  for (const char* text :
       {"10 ** 10 ** 10", "2 ** 64", "9223372036854775807 + 1", "-9223372036854775807 - 2",
        "3 ** 1000000", "1 << 100", "int('9' * 30)", "int(1e300)",
        "import math\nmath.factorial(100000)", "import math\nmath.comb(10**9, 10**8)",
        "9223372036854775807 * 2", "round(1e300)", "import math\nmath.floor(1e300)",
        "sum([2 ** 62] * 4)"}) {
    EXPECT_EQ(fate(std::string(text)).substr(0, 5), "limit") << text;
  }
}

TEST(Hostile, BudgetErrorsCannotBeCaught) {
  EXPECT_EQ(fate("try:\n  while True: pass\nexcept BaseException: print('caught')", small()),
            "limit 2");
  EXPECT_EQ(fate("try:\n  x = [0] * 10**10\nexcept: print('caught')\nfinally: print('finally')"),
            "limit 2");
  EXPECT_EQ(fate("try:\n  def f(): f()\n  f()\nexcept RecursionError: pass").substr(0, 5), "limit");
  EXPECT_EQ(fate("try:\n  open('x')\nexcept Exception: pass"), "unsupported 2");
}

TEST(Hostile, NothingOutsideIsReached) {
  for (const char* text : {"import os",
                           "import sys",
                           "import subprocess",
                           "import socket",
                           "import ctypes",
                           "from os import system",
                           "import os.path",
                           "import importlib",
                           "import builtins",
                           "import pathlib",
                           "import time",
                           "__import__('os')",
                           "open('/etc/passwd')",
                           "eval('1')",
                           "exec('1')",
                           "compile('1', 'a', 'eval')",
                           "input()",
                           "vars()",
                           "dir()",
                           "exit()",
                           "quit()",
                           "breakpoint()",
                           "().__class__.__bases__",
                           "().__class__.__mro__",
                           "(lambda: 0).__globals__",
                           "(lambda: 0).__code__",
                           "''.__class__.__subclasses__()",
                           "x = 1\nx.__dict__",
                           "class A: pass\nA.__dict__",
                           "class A: pass\nA().__dict__",
                           "'{0.__class__.__base__}'.format(1)",
                           "getattr(1, '__class__').__base__",
                           "getattr('', '__subclasshook__')",
                           "import math\nmath.__loader__",
                           "print.__self__",
                           "type('X', (), {}).__base__",
                           "class A(list): pass",
                           "class A(str): pass",
                           "class A(type): pass",
                           "super.__thisclass__"}) {
    const std::string kind = fate(text);
    EXPECT_TRUE(kind.starts_with("unsupported") || kind.starts_with("value"))
        << text << ": " << kind;
  }
  EXPECT_EQ(fate("import os"), "unsupported 1");
  EXPECT_EQ(fate("x = 1\n__import__('os')"), "unsupported 2");
}

TEST(Hostile, Output) {
  Limits limits;
  const std::string output = run_program("for i in range(3): print('x' * 900000)", limits);
  EXPECT_LT(output.size(), size_t{2} << 20);
  EXPECT_NE(output.find("[output cut here]"), std::string::npos);
}

TEST(Hostile, Cancelling) {
  const auto program = script::parse("while True: pass");
  Interpreter interpreter;
  const std::atomic<bool> cancelled = true;
  interpreter.set_cancel_flag(&cancelled);
  EXPECT_THROW(interpreter.run(*program), Error);
  EXPECT_LT(interpreter.steps_used(), 100'000U);
}

TEST(Hostile, ConfusedContainers) {
  // Changing what is being walked, compared or sorted.
  EXPECT_EQ(run_program("a = [3, 1, 2]\nclass K:\n  def __init__(s, v): s.v = v\n  def __lt__(s, "
                        "o):\n    a.clear()\n    return s.v < o.v\n"
                        "a.extend([K(3), K(1)])\nb = [K(2), K(1)]\nb.sort()\nprint(b[0].v, a)"),
            "1 []\n");
  EXPECT_EQ(run_program("d = {}\nclass K:\n  def __hash__(s): return 1\n  def __eq__(s, o):\n    "
                        "d.clear()\n    return False\n"
                        "for i in range(20): d[K()] = i\nprint(len(d) < 20)"),
            "True\n");
  EXPECT_EQ(run_program("a = [1, 2, 3]\nclass E:\n  def __eq__(s, o):\n    a.clear()\n    return "
                        "False\nprint(E() in a, a, [1] == [E()])"),
            "False [] False\n");
  EXPECT_EQ(run_program("a = [1, 2, 3, 4]\nfor x in a:\n  a.remove(x)\nprint(a)"), "[2, 4]\n");
  EXPECT_EQ(run_program("def f(): return f\nf.self = f\nclass A: pass\nx = A()\nx.me = x\nA.it = "
                        "x\nl = []\nl.append(l)\nprint(len(l))"),
            "1\n");
  EXPECT_EQ(
      run_program(
          "def g():\n  yield next(it)\nit = g()\ntry: next(it)\nexcept ValueError as e: print(e)"),
      "generator already executing\n");
  EXPECT_EQ(run_program("class C:\n  def m(self): return super().m()\nf = C.m\ndel C\ntry: "
                        "f(1)\nexcept AttributeError as e: print(e)"),
            "'super' object has no attribute 'm'\n");
  EXPECT_EQ(
      run_program(
          "it = map(lambda x: next(it), [1])\ntry: next(it)\nexcept ValueError as e: print(e)"),
      "iterator already executing\n");
  EXPECT_EQ(
      run_program("g = (next(g) for x in [1, 2])\ntry: next(g)\nexcept ValueError as e: print(e)"),
      "generator already executing\n");
  EXPECT_EQ(run_program("s = set()\nclass K:\n  def __hash__(self): return 1\n  def __eq__(self, "
                        "o):\n    s.clear()\n    return True\n"
                        "s.add(K())\nt = {K()}\nprint(len(s | t), len(s & t), s == t)\nd = {K(): "
                        "1}\nprint(d.get(K()))"),
            "1 0 False\n1\n");
}

}  // namespace
}  // namespace cadrecode::interpreter
