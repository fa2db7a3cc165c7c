/** Facts about Pods over time: `life` (the states each went through), `order` (what happened before what), `placement`. */
import type { KubeObject } from '../../../engine/api/meta';
import { isSystemNamespace } from '../clean';
import type { Substitute } from '../placeholders';
import { at, type Json, type JsonRecord, listAt, pushTo, type Run, sortLists, textAt, type WatchLine } from '../run';

const podLines = (run: Run): readonly WatchLine[] =>
  run.watch.filter(({ object }) => object.kind === 'Pod' && !isSystemNamespace(object.metadata.namespace));

const fullName = ({ metadata: { namespace, name } }: KubeObject): string => `${namespace}/${name}`;
const uidOf = ({ metadata: { uid = '' } }: KubeObject): string => uid;

function containerText(status: Json): string {
  const state = (at(status, 'state') ?? {}) as { readonly [key: string]: Json };
  const [kind = 'none'] = Object.keys(state);
  const reason = textAt(state, kind, 'reason');
  const exitCode = at(state, kind, 'exitCode');
  const restarts = at(status, 'restartCount');
  return [
    `${textAt(status, 'name')}=${kind}${reason ? `:${reason}` : ''}${exitCode === undefined ? '' : `(${exitCode})`}`,
    restarts ? ` x${restarts}` : '',
    at(status, 'ready') ? ' ready' : '',
    at(status, 'started') ? ' started' : '',
  ].join('');
}

function stateText(pod: KubeObject): string {
  const reason = textAt(pod, 'status', 'reason');
  const ready = listAt(pod, 'status', 'conditions').find((condition) => at(condition, 'type') === 'Ready');
  const readyReason = textAt(ready, 'reason');
  const containers = ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses'].flatMap((list) =>
    listAt(pod, 'status', list).map(containerText),
  );
  const phase = String(at(pod, 'status', 'phase'));
  const going = pod.metadata.deletionTimestamp ? ' terminating' : '';
  return [
    `${phase}${reason ? `/${reason}` : ''}${going}`,
    ...containers,
    `Ready=${textAt(ready, 'status') || '-'}${readyReason ? `:${readyReason}` : ''}`,
  ].join(' | ');
}

/** Per Pod, the distinct states it went through. */
export function life(run: Run, substitute: Substitute): Json {
  const lives: JsonRecord = {};
  const byUid = new Map<string, string[]>();
  for (const { type, object } of podLines(run)) {
    const uid = uidOf(object);
    let states = byUid.get(uid);
    if (!states) {
      states = [];
      byUid.set(uid, states);
      pushTo(lives, substitute(fullName(object)), states);
    }
    const text = type === 'DELETED' ? 'gone' : stateText(object);
    if (states.at(-1) !== text) states.push(text);
  }
  return sortLists(lives);
}

const isReady = (pod: KubeObject): boolean =>
  listAt(pod, 'status', 'conditions').some((one) => at(one, 'type') === 'Ready' && at(one, 'status') === 'True');

/** Every moment in which a Pod was made, got ready, was deleted or was gone, with its time. */
export function order(run: Run, substitute: Substitute): Json {
  const moments: (readonly [string, number])[] = [];
  const counts = new Map<string, number>();
  const ready = new Set<string>();
  const going = new Set<string>();
  const add = (time: number, label: string): void => {
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    moments.push([count > 1 ? `${label} #${count}` : label, time]);
  };
  for (const { time, type, object } of podLines(run)) {
    const uid = uidOf(object);
    const name = substitute(object.metadata.name);
    if (type === 'ADDED') add(time, `made ${name}`);
    if (isReady(object) && !ready.has(uid)) {
      ready.add(uid);
      add(time, `ready ${name}`);
    }
    if (object.metadata.deletionTimestamp && !going.has(uid)) {
      going.add(uid);
      add(time, `deleting ${name}`);
    }
    if (type === 'DELETED') add(time, `gone ${name}`);
  }
  return { moments };
}

/** The node of every Pod. */
export function placement(run: Run, substitute: Substitute): Json {
  const latest = new Map(podLines(run).map(({ object }) => [uidOf(object), object]));
  const nodes: JsonRecord = {};
  for (const pod of latest.values()) pushTo(nodes, substitute(fullName(pod)), textAt(pod, 'spec', 'nodeName'));
  return sortLists(nodes);
}
