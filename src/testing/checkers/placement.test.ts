import { expect, it } from 'vitest';
import type { Pod } from '../../engine/api/types';
import type { WatchEvent } from '../../engine/client/component';
import { Random } from '../../engine/kernel/random';
import { podOf, schedulingWorld } from '../placement';
import { manifests } from '../world';
import { complaintsOf, type History, historyOf } from './history';
import { placement } from './placement';

const near = (kind: string, rule: string): string => `affinity: {${kind}: {${rule}}}`;
const term = (app: string, topologyKey: string): string =>
  `{labelSelector: {matchLabels: {app: ${app}}}, topologyKey: ${topologyKey}}`;
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
const ZONE = 'topology.kubernetes.io/zone';
const spread = (whenUnsatisfiable: string): string =>
  `topologySpreadConstraints: [{maxSkew: 1, topologyKey: ${ZONE}, whenUnsatisfiable: ${whenUnsatisfiable}, labelSelector: {matchLabels: {app: web}}}]`;

const SHAPES = [
  'labels: {app: web}, cpu: 200m',
  'labels: {app: plain}, cpu: 100m, memory: 512Mi',
  'labels: {app: plain}',
  `labels: {app: web}, cpu: 100m, ${spread('DoNotSchedule')}`,
  `labels: {app: web}, cpu: 100m, ${spread('ScheduleAnyway')}`,
  `labels: {app: db}, ${near('podAntiAffinity', `${REQUIRED}: [${term('db', 'kubernetes.io/hostname')}]`)}`,
  `labels: {app: side}, ${near('podAffinity', `${REQUIRED}: [${term('db', ZONE)}]`)}`,
  `labels: {app: side}, ${near('podAffinity', `${PREFERRED}: [{weight: 7, podAffinityTerm: ${term('web', ZONE)}}]`)}`,
  `labels: {app: shy}, ${near('podAntiAffinity', `${PREFERRED}: [{weight: 9, podAffinityTerm: ${term('web', ZONE)}}]`)}`,
  'labels: {app: plain}, tolerations: [{key: soft, operator: Exists}]',
  `labels: {app: plain}, affinity: {nodeAffinity: {${PREFERRED}: [{weight: 5, preference: {matchExpressions: [{key: disk, operator: In, values: [ssd]}]}}]}}`,
];

const NODES = ['n1 zone=a', 'n2 zone=a disk=ssd', 'n3 zone=b !soft:PreferNoSchedule', 'n4 zone=c cpu=2 disk=ssd', 'n5'];

function run(seed: number): History {
  const service = manifests(
    'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: default}\nspec: {selector: {app: web}, ports: [{port: 80}]}',
  );
  const world = schedulingWorld(NODES, service);
  const random = Random.split(seed, 'placement');
  for (let index = 0; index < 60; index++) {
    world.client.create(podOf(`name: p${index}, ${SHAPES[random.below(SHAPES.length)]}`));
    world.runFor(random.below(3) * 20);
    const pods = world.list<Pod>('Pod', 'default');
    const gone = pods[random.below(pods.length)]?.metadata.name ?? '';
    if (random.below(4) === 0) world.client.delete('Pod', 'default', gone, { gracePeriodSeconds: 0 });
    world.runFor(random.below(3) * 20);
  }
  world.runFor(15_000);
  return historyOf(world.simulation);
}

const isBinding = ({ kind, value, previous }: WatchEvent): boolean =>
  kind === 'Pod' && !!(value as Pod | undefined)?.spec.nodeName && !!previous && !(previous as Pod).spec.nodeName;

/** The history in which one Pod was bound to another Node. */
function misplaced(history: History, index: number, nodeName: string): History {
  const changes = history.changes.map((change, at) => {
    if (at !== index) return change;
    const pod = change.value as Pod;
    return { ...change, previous: change.previous, value: { ...pod, spec: { ...pod.spec, nodeName } } };
  });
  return { ...history, changes: changes.slice(0, index + 1) };
}

it.each([1, 2, 3])(
  'finds nothing wrong with what the scheduler does, and most other choices worse (seed %i)',
  (seed) => {
    const history = run(seed);
    expect(complaintsOf(history, [placement])).toEqual([]);
    let choices = 0;
    let worse = 0;
    history.changes.forEach((change, index) => {
      if (!isBinding(change)) return;
      const { nodeName } = (change.value as Pod).spec;
      const other = NODES.map((text) => text.split(' ')[0] as string).filter((name) => name !== nodeName)[index % 4];
      choices++;
      if (complaintsOf(misplaced(history, index, other as string), [placement]).length > 0) worse++;
    });
    expect(choices).toBeGreaterThan(40);
    expect(worse).toBeGreaterThan(choices / 2);
  },
);
