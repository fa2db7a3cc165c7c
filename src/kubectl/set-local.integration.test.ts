/** What kubectl 1.36.3 says of objects that are named beside --local. */
import { expect, test } from 'vitest';
import { createSession } from '../session/create-session';

const ask = (command: string) => createSession('').session!.kubectl(command, { step: 0, timeMs: 0 }).stderr;

test.each(['set env deploy/web A=1 --local', 'set serviceaccount deploy/web sa --local'])(
  '%s looks at files only',
  (command) => {
    expect(ask(command)).toBe(
      "error: You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'\n",
    );
  },
);

test('set image refuses them', () => {
  expect(ask('set image deploy/web a=b --local')).toContain('you must specify resources by --filename when --local');
});

test('nothing is sorted where there is nothing', () => {
  expect(ask('get cm -l no=such -o name --sort-by={.items')).toBe('');
});
