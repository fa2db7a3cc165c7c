import { expect, test } from 'vitest';
import { createSession } from '../../session/create-session';
import { createTerminal, NGINX } from '../../testing/terminal';
import { type Piece, piecesOf, printedBy } from './pieces';

const texts = (pieces: readonly Piece[]) => pieces.map(({ isError, text }) => `${isError ? '!' : ''}${text}`);

const BUDGET = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: nginx}
spec: {minAvailable: 1, selector: {matchLabels: {app: nginx}}}
`;

test('what a drain was refused stands where it was printed, before the end', () => {
  const { run, world } = createTerminal({ nodes: 1 });
  run('apply -f -', `${NGINX}---\n${BUDGET}`);
  run('rollout status deploy nginx');
  world.runFor(30_000);
  const drained = run('drain node-1 --timeout=7s');
  const pieces = texts(piecesOf(drained));
  const at = (pattern: RegExp) => pieces.findIndex((text) => pattern.test(text));
  expect(at(/evicting pod/)).toBeGreaterThanOrEqual(0);
  expect(at(/^!error when evicting .*retry/)).toBeGreaterThan(at(/evicting pod/));
  expect(pieces.findLastIndex((text) => /^evicting pod|\nevicting pod/.test(text))).toBeGreaterThan(at(/^!error when/));
  expect(pieces.filter((text) => !text.startsWith('!')).join('')).toBe(drained.stdout);
});

test('an answer stands before what was not found, a warning before the answer', () => {
  const { run } = createTerminal({ nodes: 1 });
  const got = run('get node/node-1 node/nothing -o name');
  expect(texts(piecesOf(got))).toEqual(['node/node-1\n', expect.stringMatching(/^!Error from server/)]);
  expect(
    texts(piecesOf({ stdout: 'a\n', stderr: 'b\n', printed: [{ step: 1, atMs: 0, stdout: 2, stderr: 2 }] })),
  ).toEqual(['!b\n', 'a\n']);
  expect(texts(piecesOf({ stdout: 'a\n', stderr: 'b\n' }))).toEqual(['a\n', '!b\n']);
});

test('a typed drain that never ends has printed what it has by the moment shown', async () => {
  const { session } = createSession(`${NGINX}---\n${BUDGET.replace('minAvailable: 1', 'minAvailable: 2')}`);
  if (!session) throw new Error('the text can be run');
  const { simulation } = session;
  simulation.run({ timeMs: 30_000 });
  const node = simulation.objectsAt(simulation.step, 'Pod')[0]?.spec as { nodeName: string };
  const drained = session.kubectl(`drain ${node.nodeName}`, { step: simulation.step, timeMs: 30_000 });
  expect(drained.stderr).toMatch(/will retry after 5s.*did not end within an hour/s);
  const count = (timeMs: number) => printedBy(drained, timeMs)?.stderr.match(/will retry/g)?.length;
  expect((count(36_000) ?? 0) / (count(31_000) ?? 1)).toBe(2);
  expect(printedBy(drained, 4_000_000)).toBeUndefined();
});

test('a typed drain that ends later has printed what it has by the moment shown, and all once it has ended', () => {
  const { session } = createSession(`${NGINX}---\n${BUDGET}`);
  if (!session) throw new Error('the text can be run');
  const { simulation } = session;
  simulation.run({ timeMs: 30_000 });
  const node = simulation.objectsAt(simulation.step, 'Pod')[0]?.spec as { nodeName: string };
  const drained = session.kubectl(`drain ${node.nodeName} --timeout=7s`, { step: simulation.step, timeMs: 30_000 });
  const ended = { ...drained, endedMs: 37_000 };
  expect(printedBy(ended, 30_500)?.stdout).toMatch(/^node\/\S+ cordoned\n/);
  expect(printedBy(ended, 30_500)?.stdout).not.toContain('drained');
  expect(printedBy(ended, 36_900)).toBeDefined();
  expect(printedBy(ended, 37_000)).toBeUndefined();
  // One that says nothing before its end says nothing before it.
  expect(printedBy({ stdout: 'met\n', stderr: '', code: 0, printed: [], endedMs: 9_000 }, 8_000)?.stdout).toBe('');
});
