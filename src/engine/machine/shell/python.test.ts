import { expect, it } from 'vitest';
import { pythonEnd } from './python';

const environment = (name: string): string | undefined => ({ INDEX: '3', MODE: 'fast' })[name];

it.each([
  [
    'import os, sys\ni = int(os.environ.get("INDEX"))\nif i == 0:\n  sys.exit(1)\nelif i == 3:\n  sys.exit(42)\nelse:\n  sys.exit(0)',
    '',
    42,
  ],
  [
    'import os,sys\nprint("Hello world")\nif int(os.environ.get("INDEX")) % 2 == 0:\n    sys.exit(1)',
    'Hello world\n',
    0,
  ],
  [
    'if os.environ["MODE"] != "fast" or not os.getenv("NONE", "") == "":\n  sys.exit(1)\nprint("on", 2 + 3)',
    'on 5\n',
    0,
  ],
  [
    'x = 2\nif x > 5:\n  if x > 6:\n    print("a")\n  else:\n    print("b")\nelse:\n  print("c")\nprint("d; e"); sys.exit(7); print("never")',
    'c\nd; e\n',
    7,
  ],
  ['if os.environ.get("MODE") in ("slow", "fast"): raise SystemExit(4)', '', 4],
  ['raise ValueError("no")', '', 1],
  ['sys.exit()', '', 0],
  ['x = 7 / 2\nprint(1 == 1, None, 4/2, x, 2.0 == 2, 7 // 2, str(1.5) + "s")', 'True None 2.0 3.5 True 3 1.5s\n', 0],
  ['assert 1 == 1\nassert (2 > 1), "no"\nprint("on")', 'on\n', 0],
])('%s', (text, output, status) => {
  expect(pythonEnd(text, environment)).toEqual({ output, status, sleepMs: 0 });
});

it('says which claim does not hold', () => {
  expect(pythonEnd('print("a")\nassert 1 == 2, "no"\nprint("b")', environment)).toEqual({
    output: 'a\n',
    errors: 'Traceback (most recent call last):\n  File "<string>", line 2, in <module>\nAssertionError: no\n',
    status: 1,
    sleepMs: 0,
  });
});

it.each([
  'print("x", end="")',
  'print("a" "b")',
  'print(f"{x}")',
  'print("a"), print("b")',
  'x = 1\nx += 1\nprint(x)',
  'print(1 / 0)',
  'assert ready()',
])('does not know what %s comes to', (text) => {
  expect(pythonEnd(text, environment)).toBeUndefined();
});

it('sleeps, and leaves alone what it can not follow', () => {
  expect(pythonEnd('import time\ntime.sleep(2.5)', environment)).toMatchObject({ sleepMs: 2500 });
  expect(pythonEnd('for i in range(3):\n  print(i)', environment)).toBeUndefined();
  expect(pythonEnd('if random.random() > 0.5:\n  sys.exit(1)', environment)).toBeUndefined();
  expect(pythonEnd(`x = ${'('.repeat(5000)}`, environment)).toEqual({ output: '', sleepMs: 0, status: 0 });
});
