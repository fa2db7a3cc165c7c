/** The shape of a Scenario document, as the public contract describes it. */
import { ANYTHING, DURATION, INTEGER, listOf, mapOf, objectOf, oneOf, SCALAR, type Shape, TEXT } from './shape';

const TRANSLATED = oneOf('a text, or texts by language', TEXT, mapOf(TEXT));

const node = objectOf({
  name: TEXT,
  namePrefix: TEXT,
  count: INTEGER,
  labels: mapOf(SCALAR),
  taints: listOf(objectOf({ key: TEXT, value: SCALAR, effect: TEXT, timeAdded: TEXT }, ['key', 'effect'])),
  capacity: mapOf(SCALAR),
  joinsAt: DURATION,
});

const usageAt = (value: Shape): Shape => listOf(objectOf({ from: DURATION, usage: value }));

const program = objectOf({
  image: TEXT,
  container: TEXT,
  selector: oneOf('a label selector', TEXT, mapOf(SCALAR), objectOf({ matchLabels: mapOf(SCALAR) })),
  pull: oneOf('a duration or {error: …}', DURATION, objectOf({ error: TEXT }, ['error'])),
  start: DURATION,
  listen: listOf(
    objectOf({ port: INTEGER, after: DURATION, path: TEXT, status: INTEGER, latency: DURATION }, ['port']),
  ),
  exit: objectOf({ after: DURATION, code: INTEGER }),
  sigterm: oneOf(
    '"ignore" or {exitAfter: …}',
    { type: 'enum', values: ['ignore'] },
    objectOf({ exitAfter: DURATION, code: INTEGER }),
  ),
  cpu: objectOf({ idle: SCALAR, perRequest: SCALAR, at: usageAt(SCALAR) }),
  memory: objectOf({ base: SCALAR, growth: SCALAR, at: usageAt(SCALAR) }),
});

/** Every fault type of the contract. */
export const FAULT_TYPES = [
  'node-crash',
  'node-partition',
  'disk-pressure',
  'memory-pressure',
  'pid-pressure',
  'container-exit',
  'oom-kill',
  'image-pull-error',
  'registry-down',
  'api-server-down',
  'etcd-slow',
  'component-down',
  'dns-down',
] as const;

const fault = objectOf(
  {
    type: { type: 'enum', values: FAULT_TYPES },
    node: TEXT,
    pod: TEXT,
    namespace: TEXT,
    container: TEXT,
    code: INTEGER,
    image: TEXT,
    component: TEXT,
    latency: DURATION,
    for: DURATION,
  },
  ['type'],
);

/** One entry of `actions`. */
export const ACTION_SHAPE = objectOf(
  { at: DURATION, kubectl: TEXT, stdin: TEXT, as: TEXT, apply: ANYTHING, fault, heal: fault },
  ['at'],
);

/** The whole document. */
export const SCENARIO_SHAPE = objectOf(
  {
    apiVersion: TEXT,
    kind: TEXT,
    metadata: objectOf({ name: TEXT, labels: mapOf(SCALAR), annotations: mapOf(SCALAR) }),
    spec: objectOf({
      title: TRANSLATED,
      description: TRANSLATED,
      seed: INTEGER,
      duration: DURATION,
      startTime: TEXT,
      nodes: listOf(node),
      components: mapOf(mapOf(ANYTHING)),
      programs: listOf(program),
      traffic: listOf(objectOf({ name: TEXT, target: TEXT, rps: SCALAR, from: DURATION, to: DURATION }, ['target'])),
      actions: listOf(ACTION_SHAPE),
    }),
  },
  ['apiVersion', 'kind'],
);
