/** What is counted, folded and left out, against a client that keeps Events in a Map. */
import { expect, test } from 'vitest';
import type { KubeObject } from '../api/meta';
import { StatusError } from '../api/status-error';
import type { CoreEvent } from '../api/types';
import type { Client } from './client';
import { newEventMemory } from './event-memory';
import { type EventSource, recordEvent } from './event-recorder';

interface Written extends CoreEvent {
  readonly name: string;
}

function recorder(component = 'tester', stored = new Map<string, CoreEvent>()) {
  let names = 0;
  let nowMs = 0;
  const memory = newEventMemory();
  const client = {
    create: (event: CoreEvent) => {
      if (stored.has(event.metadata.name)) throw new StatusError('AlreadyExists', 409, 'exists');
      stored.set(event.metadata.name, event);
    },
    patch: (_kind: string, _namespace: string, name: string, { body }: { body: object }) => {
      const event = stored.get(name);
      if (!event) throw new StatusError('NotFound', 404, 'not found');
      stored.set(name, { ...event, ...body });
    },
  } as unknown as Client;
  const source = (): EventSource => ({
    reporter: { component },
    client,
    memory,
    nowMs,
    now: `t${nowMs}`,
    newName: (_namespace, name) => `${name}.${component}${names++}`,
  });
  const say = (
    message: string,
    { kind = 'Pod', type = 'Normal', reason = 'Reason', uid = 'u', fieldPath = '' } = {},
  ) => {
    const object: KubeObject = { apiVersion: 'v1', kind, metadata: { name: 'web', namespace: 'shop', uid } };
    recordEvent(source(), object, { type, reason, message, fieldPath });
  };
  return {
    say,
    stored,
    after: (ms: number) => {
      nowMs += ms;
    },
    lines: () => [...stored.values()].map(({ count, message }) => `${count} ${message}`),
    events: () => [...stored.values()] as Written[],
  };
}

const times = (count: number, act: (index: number) => void): void => {
  for (let index = 1; index <= count; index++) act(index);
};

test('a repeat raises the count and the latest time, and keeps the first', () => {
  const { say, after, events } = recorder();
  say('hello');
  after(5000);
  say('hello');
  expect(events()).toMatchObject([
    { count: 2, firstTimestamp: 't0', lastTimestamp: 't5000', message: 'hello', reportingComponent: 'tester' },
  ]);
  expect(events()[0]?.involvedObject).toEqual({
    apiVersion: 'v1',
    kind: 'Pod',
    namespace: 'shop',
    name: 'web',
    uid: 'u',
  });
});

test.each([
  ['another kind of the same name', { kind: 'Deployment' }],
  ['another type', { type: 'Warning' }],
  ['another reason', { reason: 'Other' }],
  ['another uid', { uid: 'v' }],
  ['another field', { fieldPath: 'spec.containers{app}' }],
])('%s has an Event of its own', (_case, change) => {
  const { say, lines } = recorder();
  say('hello');
  say('hello', change);
  expect(lines()).toEqual(['1 hello', '1 hello']);
});

test('two sources count for themselves', () => {
  const one = recorder('one');
  const two = recorder('two', one.stored);
  one.say('hello');
  two.say('hello');
  two.say('hello');
  expect(one.lines()).toEqual(['1 hello', '2 hello']);
});

test('the tenth different message is folded, and so are those after it', () => {
  const { say, events, lines } = recorder();
  times(12, (index) => say(`m${index}`));
  expect(lines().slice(0, 9)).toEqual(Array.from({ length: 9 }, (_, index) => `1 m${index + 1}`));
  expect(lines().slice(9)).toEqual(['3 (combined from similar events): m12']);
  expect(events()[9]).toMatchObject({ reportingComponent: '', reportingInstance: '' });
  say('m5');
  expect(lines()[4]).toBe('2 m5');
  // One that came late counts by itself when it comes again.
  say('m12');
  expect(lines().slice(9)).toEqual(['3 (combined from similar events): m12', '1 m12']);
});

test.each([
  [600_000, '1 (combined from similar events): m10'],
  [600_001, '1 m10'],
])('a tenth message %i ms after the ninth: %s', (ms, line) => {
  const { say, after, lines } = recorder();
  times(9, (index) => say(`m${index}`));
  after(ms);
  say('m10');
  expect(lines().at(-1)).toBe(line);
});

test('25 in a burst, then one each five minutes, and no more than 25 are ever saved up', () => {
  const { say, after, lines } = recorder();
  times(30, () => say('again'));
  expect(lines()).toEqual(['25 again']);
  after(299_999);
  say('again');
  expect(lines()).toEqual(['25 again']);
  after(1);
  say('again');
  expect(lines()).toEqual(['32 again']);
  after(100 * 300_000);
  times(60, () => say('again'));
  expect(lines()).toEqual([`${32 + 25} again`]);
});

test('the filter is per object and type, not per reason', () => {
  const { say, lines } = recorder();
  times(25, () => say('again'));
  say('other', { reason: 'Other' });
  say('warning', { type: 'Warning' });
  say('elsewhere', { uid: 'v' });
  expect(lines()).toEqual(['25 again', '1 warning', '1 elsewhere']);
});

test('an Event that was left out is made with its full count once it may be', () => {
  const { say, after, lines } = recorder();
  times(25, () => say('again'));
  times(3, () => say('late', { reason: 'Other' }));
  after(300_000);
  say('late', { reason: 'Other' });
  expect(lines()).toEqual(['25 again', '4 late']);
});

test('an Event that someone deleted is made anew and goes on counting', () => {
  const { say, stored, lines, events } = recorder();
  say('hello');
  stored.clear();
  say('hello');
  expect(lines()).toEqual(['2 hello']);
  expect(events()[0]?.firstTimestamp).toBe('t0');
});

test('what is not used for longest is forgotten after 4096 others', () => {
  const { say, lines } = recorder();
  say('first', { uid: 'first' });
  times(4095, (index) => say('other', { uid: `u${index}` }));
  say('first', { uid: 'first' });
  expect(lines()[0]).toBe('2 first');
  times(4096, (index) => say('other', { uid: `v${index}` }));
  say('first', { uid: 'first' });
  expect(lines().filter((line) => line.endsWith('first'))).toEqual(['2 first', '1 first']);
});
