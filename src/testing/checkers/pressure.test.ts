import { expect, test } from 'vitest';
import type { KubeObject } from '../../engine/api/meta';
import type { WatchEvent } from '../../engine/client/component';
import type { TraceStep } from '../../engine/trace/trace';
import { complaintsOf } from './history';
import { pressure } from './pressure';

/** Versions of objects, each in a step of its own; the first is there before it. */
function complaints(versions: readonly KubeObject[], said: Partial<TraceStep> = {}): string[] {
  const changes = versions.map((value, index): WatchEvent => {
    const { kind, metadata } = value;
    const key = metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name;
    const previous = versions.slice(0, index).findLast((one) => one.metadata.name === metadata.name);
    return { revision: index + 1, step: index + 1, atMs: index * 1000, kind, key, value, previous };
  });
  const steps = changes.map(({ step, atMs }) => ({
    step,
    time: atMs,
    actor: 'a',
    verb: '',
    cause: null,
    message: '',
    ...said,
  }));
  const timeOf = (text: string): number => Date.parse(text) - Date.parse('2026-01-01T00:00:00Z');
  return complaintsOf({ changes, steps: steps as unknown as TraceStep[], timeOf }, [pressure]).map((one) =>
    one.replace(/^.*pressure: /, ''),
  );
}

const at = (seconds: number): string =>
  `2026-01-01T00:0${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}Z`;
const podOf = (name: string, spec: object, status: object): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default', uid: name }, spec, status }) as KubeObject;
const leaking = (ran: number): KubeObject =>
  podOf(
    'p',
    { containers: [{ name: 'main', image: 'leak:1', resources: { limits: { memory: '60Mi' } } }] },
    {
      containerStatuses: [
        { name: 'main', state: { terminated: { startedAt: at(10), finishedAt: at(10 + ran), reason: 'OOMKilled' } } },
      ],
    },
  );

test('a container ends when its limit is used up', () => {
  expect(complaints([leaking(10)])).toEqual([]);
  expect(complaints([leaking(13)])).toEqual([
    'Pod default/p, container main, ran for 13 s (OOMKilled); its memory limit was used up after 10 s',
  ]);
});

test('who uses no more than it asks for goes after those who ask for nothing', () => {
  const running = (seconds: number) => ({
    qosClass: 'BestEffort',
    phase: 'Running',
    containerStatuses: [{ name: 'c', state: { running: { startedAt: at(seconds) } } }],
  });
  const victim = (startedS: number) => podOf('v', { nodeName: 'n' }, { ...running(startedS), qosClass: 'Burstable' });
  const evicted = (more: string) =>
    podOf('v', { nodeName: 'n' }, { reason: 'Evicted', message: `The node was low on resource: memory. ${more}` });
  const evictions = (beside: KubeObject, more: string, step?: object, startedS = 0) =>
    complaints([victim(startedS), beside, evicted(more)], step);
  const other = (nodeName: string, startedS = 0) => podOf('b', { nodeName }, running(startedS));
  expect(evictions(other('n'), 'Container c has larger consumption of memory. ')).toEqual([]);
  expect(evictions(other('m'), '')).toEqual([]);
  // What has only just begun, or had not begun when the Pod was chosen, uses nothing.
  expect(evictions(other('n', 2), '')).toEqual([]);
  const chosen = { actor: 'kubelet/n', message: 'Evicted Pod v: The node was low on resource: memory.' };
  expect(evictions(other('n', 1), '', chosen)).toEqual([]);
  // Of what has not started nothing is measured: it goes first.
  expect(evictions(other('n'), '', undefined, 2)).toEqual([]);
  // What was chosen itself only has not said so yet.
  expect(evictions(other('n'), '', { ...chosen, message: chosen.message.replace('Pod v', 'Pod b') })).toEqual([]);
  expect(evictions(other('n'), '')).toEqual([
    'Pod default/v was evicted though Pod default/b uses what it never asked for',
  ]);
});

test('a condition stays, unless the kubelet has begun anew', () => {
  const node = (status: string, seconds: number): KubeObject =>
    ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n' },
      status: { conditions: [{ type: 'DiskPressure', status, lastTransitionTime: at(seconds) }] },
    }) as unknown as KubeObject;
  expect(complaints([node('True', 0), node('False', 300)])).toEqual([]);
  const short = [node('True', 0), node('False', 100)];
  expect(complaints(short)).toEqual(['Node n had DiskPressure for 100 s only']);
  expect(complaints(short, { actor: 'fault', verb: 'heal', message: 'Node n boots again' })).toEqual([]);
});
