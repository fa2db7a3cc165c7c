/**
 * The shape of a Scenario document, as the public contract describes it: the one source of what is checked, of its TypeScript types and of
 * the editor's schema (scripts/scenario-schema.mjs).
 */
import { componentShapes } from './component-flags';
import { COMMAND_FIELDS, DEED_FIELDS, documentShape } from './document-shape';
import type { FAULT_SHAPE } from './fault-shape';
import { NODE_FIELDS, NODE_NAME } from './node-shape';
import {
  ANYTHING,
  about,
  BOOLEAN,
  DURATION,
  INTEGER,
  type Infer,
  integerIn,
  listOf,
  MOMENT,
  mapOf,
  objectOf,
  oneOf,
  QUANTITY,
  SCALAR,
  SELECTOR,
  TEXT,
  wordIn,
} from './shape';
import { CPU_SHAPE, DISK_SHAPE, MEMORY_SHAPE, PROCESSES_SHAPE } from './usage-shape';

const TRANSLATED = oneOf('a text, or texts by language', TEXT, mapOf(TEXT));
const EXIT_CODE = integerIn(0, 255);
const PORT = integerIn(1, 65_535);
const COUNT = integerIn(0, Number.MAX_SAFE_INTEGER);

/** An entry of `nodes`. */
const NODE_SHAPE = about(
  'A node, or several alike',
  objectOf({
    name: NODE_NAME,
    namePrefix: about('With count: names are this and a number', TEXT),
    count: about('How many nodes like this', COUNT),
    joinsAt: about('When the node joins the cluster', DURATION),
    ...NODE_FIELDS,
  }),
);

const LISTENER = about(
  'A port that answers',
  objectOf(
    {
      port: about('Port that is listened on', PORT),
      after: about('How long after the start it answers', DURATION),
      path: about('HTTP path', TEXT),
      status: about('HTTP status of the answer', integerIn(100, 599)),
      latency: about('How long an answer takes', DURATION),
    },
    ['port'],
  ),
);

/** An entry of `programs`. */
const PROGRAM_SHAPE = about(
  'How containers of an image behave',
  objectOf({
    image: about('Glob on the image reference, e.g. shop:*', TEXT),
    container: about('Name of the container', TEXT),
    selector: about(
      'Label selector on the Pod',
      oneOf('a label selector', SELECTOR, objectOf({ matchLabels: mapOf(SCALAR) }, ['matchLabels']), mapOf(SCALAR)),
    ),
    pull: about(
      'Time to pull when not on the node, or how that fails',
      oneOf(
        'a duration, {error: …} or {credentials: …}',
        DURATION,
        about(
          'Pulling fails',
          objectOf({ error: about('The reason the kubelet reports, e.g. ErrImagePull, or denied', TEXT) }, ['error']),
        ),
        about(
          'The registry wants credentials',
          objectOf(
            {
              credentials: about('Host of the registry, which an image pull secret must name', TEXT),
              after: about('How long pulling takes', DURATION),
            },
            ['credentials'],
          ),
        ),
      ),
    ),
    size: about('How large the image is, e.g. 500Mi', QUANTITY),
    start: about('From created to started', DURATION),
    listen: about('What answers, and when', listOf(LISTENER)),
    exit: about(
      'The program ends by itself',
      objectOf({ after: about('When', DURATION), code: about('Exit code', EXIT_CODE) }),
    ),
    sigterm: about(
      'What the program does on SIGTERM',
      oneOf(
        '"ignore" or {exitAfter: …}',
        wordIn(['ignore']),
        about(
          'What SIGTERM does',
          objectOf({ exitAfter: about('How long until it exits', DURATION), code: about('Exit code', EXIT_CODE) }),
        ),
      ),
    ),
    cpu: CPU_SHAPE,
    memory: MEMORY_SHAPE,
    disk: DISK_SHAPE,
    processes: PROCESSES_SHAPE,
  }),
);

/** One entry of `actions`. */
export const ACTION_SHAPE = about(
  'Something done at a moment',
  objectOf(
    {
      at: about('When', DURATION),
      afterSteps: about(
        'After so many steps of that moment, all if there are fewer; default: 0',
        integerIn(0, 1_000_000),
      ),
      ...COMMAND_FIELDS,
      as: about('The user who does it', TEXT),
      until: about('Up to when a command that follows (get -w) does so; default: the duration', DURATION),
      ...DEED_FIELDS,
    },
    ['at'],
  ),
);

const RAMP = listOf(
  objectOf({ at: about('From when', DURATION), rps: about('Requests per second', QUANTITY) }, ['at', 'rps']),
);

const TRAFFIC = about(
  'A source of requests',
  objectOf(
    {
      name: about('Name of the source', TEXT),
      source: about(
        'From where: outside, a node or Pods',
        oneOf(
          '"outside", {node: …} or {pods: …}',
          wordIn(['outside']),
          objectOf({ node: TEXT }, ['node']),
          objectOf({ pods: SELECTOR, namespace: TEXT }, ['pods']),
        ),
      ),
      target: about('URL: Service DNS name, NodePort or Ingress host', TEXT),
      rps: about('Requests per second, or a ramp of them', oneOf('a number or a list of steps', QUANTITY, RAMP)),
      from: about('When it starts', DURATION),
      to: about('When it ends', DURATION),
      timeout: about('How long a request may take', DURATION),
      retries: about('How often a failed request is sent again', integerIn(0, 100)),
      keepAlive: about('Whether connections are used again', BOOLEAN),
      affinity: about(
        'ClientIP: all requests come from one client, so that sessionAffinity of a Service keeps them to one Pod',
        wordIn(['None', 'ClientIP']),
      ),
      clients: about(
        'How many clients send by turns; those outside have an address each; default 10',
        integerIn(1, 10_000),
      ),
      method: about('HTTP method', TEXT),
      path: about('Path, in place of that of the target', TEXT),
      headers: about('HTTP headers', mapOf(SCALAR)),
    },
    ['target'],
  ),
);

const EXPECTATION = about(
  'Something that must hold',
  objectOf({
    always: about('An expression that holds at every step', TEXT),
    never: about('An expression that holds at no step', TEXT),
    eventually: about('An expression that holds at some step', TEXT),
    that: about('An expression that holds at a moment', TEXT),
    at: about('The moment', DURATION),
    from: about('From when', DURATION),
    by: about('By when', DURATION),
    to: about('Until when', DURATION),
  }),
);

const USER = objectOf({ name: about('Name of the user', TEXT), groups: about('Groups he belongs to', listOf(TEXT)) }, [
  'name',
]);

const SPEC = about(
  'What happens in the cluster',
  objectOf({
    title: about('Title, or titles by language', TRANSLATED),
    description: about('Markdown, or texts by language', TRANSLATED),
    seed: about('Everything random is drawn from it', INTEGER),
    duration: about('How far the timeline runs', DURATION),
    startTime: about('What the cluster’s clocks show at 0; default 2026-01-01T00:00:00Z', MOMENT),
    nodes: about('The nodes; default: 3 nodes, node-1 … node-3', listOf(NODE_SHAPE)),
    components: about(
      'Settings of the simulated components by component, named as their real flags are',
      mapOf(mapOf(ANYTHING), componentShapes()),
    ),
    programs: about('How containers behave; the first match wins', listOf(PROGRAM_SHAPE)),
    traffic: about('Load from outside or inside the cluster', listOf(TRAFFIC)),
    files: about('Texts of files that kubectl finds, by their path', mapOf(TEXT)),
    users: about('Groups of the people whom `as` of actions names', listOf(USER)),
    actions: about('What a person or a fault does, and when', listOf(ACTION_SHAPE)),
    expect: about('What must hold while it runs', listOf(EXPECTATION)),
  }),
);

/** The whole document. */
export const SCENARIO_SHAPE = documentShape(
  'Scenario',
  'How the cluster is set up and what happens in it',
  SPEC,
  false,
);

/** A Scenario document's `spec`. */
export type ScenarioSpec = Infer<typeof SPEC>;
/** An entry of `nodes`. */
export type RawNode = Infer<typeof NODE_SHAPE>;
/** An entry of `programs`. */
export type RawProgram = Infer<typeof PROGRAM_SHAPE>;
/** An entry of `traffic`. */
export type RawTraffic = Infer<typeof TRAFFIC>;
/** An entry of `expect`. */
export type RawExpectation = Infer<typeof EXPECTATION>;
/** `cpu` of a program. */
export type RawCpu = Infer<typeof CPU_SHAPE>;
/** `memory` of a program. */
export type RawMemory = Infer<typeof MEMORY_SHAPE>;
/** An entry of `actions`. */
export type RawAction = Infer<typeof ACTION_SHAPE>;
/** A fault. */
export type RawFault = Infer<typeof FAULT_SHAPE>;
