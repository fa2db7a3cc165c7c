/** The Scenario document (kubestep.dev/v1alpha1) as JSON Schema definitions, from the public contract. */

export const SCENARIO_API_VERSION = 'kubestep.dev/v1alpha1';

const FAULT_TYPES = [
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
];

const text = (description) => ({ type: 'string', description });
const integer = (description) => ({ type: 'integer', description });
const scalar = (description) => ({ type: ['string', 'number'], description });
const duration = (description) => ({
  type: ['string', 'integer'],
  description: `${description} (a duration such as 500ms or 1m30s)`,
});
const list = (items, description) => ({ type: 'array', items, description });
const mapOf = (values, description) => ({ type: 'object', additionalProperties: values, description });
const object = (description, properties, required = []) => ({
  type: 'object',
  description,
  properties,
  ...(required.length > 0 && { required }),
  additionalProperties: false,
});
const ref = (name) => ({ $ref: `#/definitions/${name}` });
const scalars = { type: ['string', 'number', 'boolean'] };
const translated = (description) => ({ anyOf: [{ type: 'string' }, mapOf({ type: 'string' })], description });
const usage = (description) =>
  list(
    object('From one moment on', {
      from: duration('From when, since the container started'),
      usage: scalar('How much'),
    }),
    description,
  );

const node = object('A node, or several alike', {
  name: text('Name of the node'),
  namePrefix: text('With count: names are this and a number'),
  count: integer('How many nodes like this'),
  labels: mapOf(scalars, 'Labels of the node'),
  taints: list(ref('Taint'), 'Taints of the node'),
  capacity: mapOf({ type: ['string', 'number'] }, 'cpu, memory, pods, ephemeral-storage and extended resources'),
  joinsAt: duration('When the node joins the cluster'),
});

const program = object('How containers of an image behave', {
  image: text('Glob on the image reference, e.g. shop:*'),
  container: text('Name of the container'),
  selector: { type: ['object', 'string'], description: 'Label selector on the Pod' },
  pull: {
    anyOf: [
      { type: ['string', 'integer'] },
      object('Pulling fails', { error: text('The reason the kubelet reports, e.g. ErrImagePull') }, ['error']),
    ],
    description: 'Time to pull when not on the node, or how that fails',
  },
  start: duration('From created to started'),
  listen: list(
    object(
      'A port that answers',
      {
        port: integer('Port that is listened on'),
        after: duration('How long after the start it answers'),
        path: text('HTTP path'),
        status: integer('HTTP status of the answer'),
        latency: duration('How long an answer takes'),
      },
      ['port'],
    ),
    'What answers, and when',
  ),
  exit: object('The program ends by itself', { after: duration('When'), code: integer('Exit code') }),
  sigterm: {
    anyOf: [
      { enum: ['ignore'] },
      object('What SIGTERM does', { exitAfter: duration('How long until it exits'), code: integer('Exit code') }),
    ],
    description: 'What the program does on SIGTERM',
  },
  cpu: object('CPU used', {
    idle: scalar('At rest'),
    perRequest: scalar('For each request per second'),
    at: usage('Usage over time'),
  }),
  memory: object('Memory used', {
    base: scalar('From the start'),
    growth: scalar('How it grows, e.g. 1Mi/s'),
    at: usage('Usage over time'),
  }),
});

const fault = object(
  'Something that goes wrong',
  {
    type: { enum: FAULT_TYPES, description: 'What goes wrong' },
    node: text('Name of the node'),
    pod: text('Name of the Pod'),
    namespace: text('Namespace of the Pod'),
    container: text('Name of the container'),
    code: integer('Exit code of the container'),
    image: text('Image that cannot be pulled'),
    component: text('Component that is down'),
    latency: duration('How slow'),
    for: duration('Heals by itself after this long'),
  },
  ['type'],
);

const spec = object('What happens in the cluster', {
  title: translated('Title, or titles by language'),
  description: translated('Markdown, or texts by language'),
  seed: integer('Everything random is drawn from it'),
  duration: duration('How far the timeline runs'),
  startTime: text('What the cluster’s clocks show at 0; default 2026-01-01T00:00:00Z'),
  nodes: list(node, 'The nodes; default: 3 nodes, node-1 … node-3'),
  components: mapOf(
    { type: 'object' },
    'Settings of the simulated components by component, named as their real flags are',
  ),
  programs: list(program, 'How containers behave; the first match wins'),
  traffic: list(
    object(
      'A source of requests',
      {
        name: text('Name of the source'),
        target: text('URL: Service DNS name, NodePort or Ingress host'),
        rps: scalar('Requests per second'),
        from: duration('When it starts'),
        to: duration('When it ends'),
      },
      ['target'],
    ),
    'Load from outside or inside the cluster',
  ),
  actions: list(
    object(
      'Something done at a moment',
      {
        at: duration('When'),
        kubectl: text('A kubectl command without the word kubectl'),
        stdin: text('What the command reads from standard input'),
        apply: { type: ['string', 'object', 'array'], description: 'A manifest, or a list of them' },
        fault: ref('ScenarioFault'),
        heal: ref('ScenarioFault'),
      },
      ['at'],
    ),
    'What a person or a fault does, and when',
  ),
});

/** The Scenario definition and what it refers to. */
export const scenarioDefinitions = {
  Scenario: object(
    'How the cluster is set up and what happens in it',
    {
      apiVersion: { const: SCENARIO_API_VERSION },
      kind: { const: 'Scenario' },
      metadata: object('Name and labels of the scenario', {
        name: text('Name of the scenario'),
        labels: mapOf(scalars, 'Labels'),
        annotations: mapOf(scalars, 'Annotations'),
      }),
      spec,
    },
    ['apiVersion', 'kind'],
  ),
  ScenarioFault: fault,
};
