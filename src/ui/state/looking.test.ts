import { expect, test } from 'vitest';
import { Looking } from './looking';
import { Turns } from './turns';

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
