import { beforeEach, expect, it } from 'vitest';
import { HandIns } from './hand-ins';
import { useSession } from './session';

const ANA = { who: 'Ana', answers: [{ chapter: 1, given: '4' }], inputs: [] };

function create() {
  const kept = new Map<string, string>();
  const shared = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
  return { kept, handIns: new HandIns({ shared }) };
}

const shown = () => useSession.getState().handIn;

beforeEach(() => useSession.setState(useSession.getInitialState(), true));

it('what is handed in belongs to the slot of its text, and comes back with it', () => {
  const { handIns } = create();
  handIns.show('a', ANA);
  handIns.keepChapter('a', 3);
  expect(shown()).toEqual(ANA);
  handIns.show('b', undefined);
  expect(shown()).toBeNull();
  handIns.comeBack('a');
  expect([shown(), handIns.chapterOf('a')]).toEqual([ANA, 3]);
  handIns.comeBack('b');
  expect(shown()).toBeNull();
  handIns.comeBack('c', 'a');
  expect([shown(), handIns.chapterOf('c')]).toEqual([ANA, 3]);
});

it('and is forgotten with it', () => {
  const { handIns, kept } = create();
  handIns.show('a', ANA);
  handIns.keepChapter('a', 3);
  handIns.forget('a');
  expect(kept.size).toBe(0);
  handIns.comeBack('a');
  expect(shown()).toBeNull();
});

it.each([
  '',
  'null',
  '3',
  '{}',
  '{"who":"Ana"}',
  '{"who":3,"answers":[],"inputs":[]}',
  '{"who":"Ana","answers":[{}],"inputs":[]}',
  '{"who":"Ana","answers":[],"inputs":[3]}',
])('what has another shape is none: %s', (json) => {
  const { handIns, kept } = create();
  kept.set('kubestep.handIn.a', json);
  handIns.comeBack('a');
  expect(shown()).toBeNull();
});

it('names are forgotten, of what is shown and of what is kept; what was done is still somebody else’s', () => {
  const { kept, handIns } = create();
  kept.set('kubestep.text.a', 'Ana');
  handIns.show('a', ANA);
  handIns.show('b', { ...ANA, who: 'Ben' });
  handIns.forgetNames();
  expect(shown()).toEqual({ ...ANA, who: '' });
  handIns.comeBack('a');
  expect(shown()).toEqual({ ...ANA, who: '' });
  expect([...kept.values()].filter((value) => /Ana|Ben/.test(value))).toEqual(['Ana']);
});
