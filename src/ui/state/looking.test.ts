import { expect, test } from 'vitest';
import { Looking } from './looking';
import { useSession } from './session';
import { Turns } from './turns';

/** All that is promised by now has come. */
const settled = async (): Promise<void> => {
  for (let round = 0; round < 10; round += 1) await Promise.resolve();
};

/** What is done, in order, on a page where something may stand typed and not applied. */
function createPage() {
  const done: string[] = [];
  let typed = '';
  const turns = new Turns(() => {
    const text = typed;
    typed = '';
    if (text) void turns.take(async () => void done.push(`apply ${text}`));
  });
  const look = new Looking(
    async (name, params) => {
      done.push(`${name} ${JSON.stringify(params)}`);
      return undefined;
    },
    () => undefined,
    turns,
  );
  const type = (text: string) => {
    typed = text;
  };
  return { done, look, type };
}

test('of two looks in a row only the second is taken', async () => {
  const { done, look } = createPage();
  void look.seek({ timeMs: 10 });
  await look.seek({ timeMs: 20 });
  expect(done).toEqual(['seek {"timeMs":20}']);
});

test('what is typed between two looks is applied between them', async () => {
  const { done, look, type } = createPage();
  void look.seek({ timeMs: 10 });
  type('a');
  await look.seek({ timeMs: 20 });
  expect(done).toEqual(['seek {"timeMs":10}', 'apply a', 'seek {"timeMs":20}']);
});

test('the hand moves with the world that it points at, and no later than the next look', async () => {
  const answers: (() => void)[] = [];
  const seen: number[] = [];
  const look = new Looking(
    (_name, params) => new Promise((resolve) => answers.push(() => resolve(params as never))),
    () => void seen.push(useSession.getState().playheadMs),
    new Turns(),
  );
  useSession.setState({ playheadMs: 5 });
  const first = look.seek({ timeMs: 10 });
  expect(useSession.getState().playheadMs).toBe(5);
  await settled();
  const second = look.seek({ timeMs: 20 });
  answers[0]?.();
  await first;
  // Another look is waiting: the hand is already there.
  expect(seen).toEqual([20]);
  await settled();
  answers[1]?.();
  await second;
  expect(seen).toEqual([20, 20]);
});
