import { expect, test } from 'vitest';
import type { KubeObject } from '../api/meta';
import { StatusError } from '../api/status-error';
import type { Pod } from '../api/types';
import type { Context } from './component';
import { afterTry, createPod, deletePod, mayTry, podFromTemplate, SLOW_START, type SlowStart } from './pod-control';

const owner: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'web', namespace: 'shop', uid: 'u' },
};
const template = { metadata: { labels: { app: 'web' }, annotations: { a: 'b' } }, spec: { containers: [] } };

/** A context whose client does the one thing, and what was said through it. */
function contextWith(answer: () => unknown): { context: Context; said: string[] } {
  const said: string[] = [];
  const record = (_object: unknown, type: string, reason: string, message: string): void => {
    said.push(`${type} ${reason}: ${message}`);
  };
  const context = { client: { create: answer, delete: answer }, events: { record } } as unknown as Context;
  return { context, said };
}

const refuse = (reason: string, cause?: string) => () => {
  throw new StatusError(
    reason as 'Forbidden',
    403,
    'no',
    cause ? { causes: [{ reason: cause, message: '' }] } : undefined,
  );
};

test('a Pod from a template is named after its owner and controlled by it', () => {
  const pod = podFromTemplate(template, owner);
  expect(pod.metadata).toMatchObject({
    generateName: 'web-',
    namespace: 'shop',
    labels: { app: 'web' },
    annotations: { a: 'b' },
    ownerReferences: [{ kind: 'ReplicaSet', uid: 'u', controller: true, blockOwnerDeletion: true }],
  });
  expect(pod.metadata.name).toBeUndefined();
  const long = { ...owner, metadata: { ...owner.metadata, name: 'x'.repeat(253) } };
  expect(podFromTemplate(template, long).metadata.generateName).toBe('x'.repeat(253));
});

test.each([
  ['made', () => ({ metadata: { name: 'web-1' } }), 'Normal SuccessfulCreate: Created pod: web-1', undefined],
  ['refused', refuse('Forbidden'), 'Warning FailedCreate: Error creating: no', 'no'],
  ['in a namespace that goes', refuse('Forbidden', 'NamespaceTerminating'), undefined, undefined],
])('a Pod %s', (_case, answer, event, failure) => {
  const { context, said } = contextWith(answer);
  expect(createPod(context, owner, podFromTemplate(template, owner)).failure).toBe(failure);
  expect(said).toEqual(event ? [event] : []);
});

test('a Pod without labels is not even sent', () => {
  const { context, said } = contextWith(() => expect.fail('sent'));
  const bare = podFromTemplate({ spec: { containers: [] } } as never, owner);
  expect(createPod(context, owner, bare)).toEqual({ failure: 'unable to create pods, no labels' });
  expect(said).toEqual([]);
});

test.each([
  ['deleted', () => ({ metadata: { name: 'web-1' } }), 'Normal SuccessfulDelete: Deleted pod: web-1', undefined],
  ['refused', refuse('Forbidden'), 'Warning FailedDelete: Error deleting: no', 'unable to delete pods: no'],
  ['gone already', refuse('NotFound'), undefined, undefined],
])('a Pod %s', (_case, answer, event, failure) => {
  const { context, said } = contextWith(answer);
  const outcome = deletePod(context, owner, 'web-1');
  expect(outcome.failure).toBe(failure);
  expect(said).toEqual(event ? [event] : []);
});

test('what is no refusal is no outcome', () => {
  const broken = () => {
    throw new TypeError('broken');
  };
  expect(() =>
    createPod(contextWith(broken).context, owner, { metadata: { labels: { a: 'b' } } } as never as Pod),
  ).toThrow('broken');
  expect(() => deletePod(contextWith(broken).context, owner, 'web-1')).toThrow('broken');
});

/** Tries `total` creations of which those at these places (from 1) fail. */
function slowStart(total: number, failing: readonly number[]): SlowStart {
  let start = SLOW_START;
  while (start.tried < total && mayTry(start)) {
    start = afterTry(start, failing.includes(start.tried + 1) ? `failure ${start.tried + 1}` : undefined);
  }
  return start;
}

test.each([
  // failing, tried, succeeded, first failure
  [[], 20, 20, undefined],
  [[1], 1, 0, 'failure 1'],
  [[2], 3, 2, 'failure 2'],
  [[3], 3, 2, 'failure 3'],
  [[4], 7, 6, 'failure 4'],
  [[5, 7], 7, 5, 'failure 5'],
  [[8], 15, 14, 'failure 8'],
  [[15], 15, 14, 'failure 15'],
  [[16], 20, 19, 'failure 16'],
])('slow start of 20 where %j fail: %i tried, %i made', (failing, tried, succeeded, failure) => {
  expect(slowStart(20, failing)).toMatchObject({ tried, succeeded, failure });
});

test('batches end after 1, 3, 7 and 15', () => {
  const ends = new Set<number>();
  let start = SLOW_START;
  for (let tried = 0; tried < 15; tried++) {
    ends.add(start.batchEnd);
    start = afterTry(start, undefined);
  }
  expect([...ends]).toEqual([1, 3, 7, 15]);
});
