/** Which room of the source may import which, and why: an allowlist. `tidy-rules.ts` holds the tree to it. */

/** Rooms: the longest matching prefix decides. */
const ROOMS = [
  'engine/kernel',
  'engine/store',
  'engine/api',
  'engine/apiserver',
  'engine/client',
  'engine/controllers',
  'engine/scheduler/plugins',
  'engine/scheduler',
  'engine/machine',
  'engine/measures',
  'engine/kubelet',
  'engine/network',
  'engine/traffic',
  'engine/trace',
  'engine/runtime',
  'engine/simplifications',
  'engine',
  'conditions',
  'view',
  'kubectl',
  'scenario',
  'session',
  'lessons',
  'worker',
  'ui',
  'i18n',
  'cli',
  'testing',
] as const;

/** The name of a room. */
export type Room = (typeof ROOMS)[number];

const COMPONENT: readonly Room[] = ['engine/client', 'engine/api', 'engine/trace'];

/**
 * Which room may import which, and why. `types` may be imported as types only, `files` name single files. A room may always import itself, except where
 * `alone` says that its folders don't know each other.
 */
export interface Direction {
  readonly may: readonly Room[];
  readonly types?: readonly Room[];
  readonly files?: readonly string[];
  readonly alone?: boolean;
  /** Packages (and Node's own modules) it may import; in the engine only what is pure, synchronous and without hidden time or chance. */
  readonly packages?: readonly string[];
  /** And what single files of it may import besides. */
  readonly packagesOf?: Readonly<Record<string, readonly string[]>>;
  readonly because: string;
}

/** The allowlist. Anything else fails. */
export const DIRECTIONS: Readonly<Record<Room, Direction>> = {
  'engine/kernel': { may: [], because: 'it must not know Kubernetes' },
  'engine/store': { may: ['engine/kernel'], because: 'revisions are the only global order' },
  'engine/api': {
    may: [],
    // re2js: users' regular expressions in linear time, with Go's words.
    packages: ['re2js'],
    packagesOf: { 'engine/api/sha256': ['@noble/hashes'] },
    because: 'pure functions; also safe for the editor and the command line',
  },
  'engine/apiserver': {
    may: ['engine/api', 'engine/store', 'engine/kernel'],
    types: ['engine/client'],
    because: 'the only writer of the store',
  },
  'engine/client': {
    may: ['engine/api'],
    types: ['engine/kernel', 'engine/store', 'engine/apiserver'],
    // How values are made small that a history keeps.
    files: ['engine/kernel/in-one-piece'],
    because: 'one way in for every component',
  },
  'engine/controllers': {
    may: COMPONENT,
    types: ['engine/kernel'],
    alone: true,
    because: 'controllers meet through watches, as real ones do',
  },
  'engine/scheduler': {
    may: [...COMPONENT, 'engine/scheduler/plugins'],
    types: ['engine/kernel'],
    // The one heap: a data structure that knows no time.
    files: ['engine/kernel/heap', 'engine/kernel/in-one-piece'],
    because: 'time arrives through the context',
  },
  'engine/scheduler/plugins': {
    may: ['engine/api', 'engine/scheduler'],
    because: 'a plugin never reads the client',
  },
  'engine/measures': { may: ['engine/api'], because: 'measures are plain records' },
  'engine/machine': {
    may: ['engine/api', 'engine/client', 'engine/measures'],
    types: ['engine/kernel', 'engine'],
    packages: ['@noble/hashes'],
    because: "a node's world: faults and its own timers reach it; it knows no API server",
  },
  'engine/kubelet': {
    may: [...COMPONENT, 'engine/machine'],
    types: ['engine/kernel', 'engine'],
    files: ['engine/kernel/in-one-piece'],
    because: 'time arrives through the context',
  },
  'engine/network': {
    may: [...COMPONENT, 'engine/machine'],
    types: ['engine', 'engine/kernel'],
    because: "as the kubelet: rules lie in the machines' kernels, and what answers is a process of theirs",
  },
  'engine/traffic': {
    may: [...COMPONENT, 'engine/measures'],
    types: ['engine', 'engine/network', 'engine/kernel'],
    because: 'part of the world around the cluster: how the network is asked is handed to it',
  },
  'engine/trace': { may: ['engine/api'], types: ['engine/client'], because: 'steps and reasons are plain records' },
  'engine/runtime': {
    may: ['engine/kernel', 'engine/store', 'engine/api', 'engine/apiserver', 'engine/client', 'engine/trace'],
    types: ['engine'],
    // The door's own shapes, and how to tell them apart.
    files: ['engine/simulation'],
    because: 'it runs components without knowing which',
  },
  'engine/simplifications': { may: [], types: ['engine'], because: 'a list of sentences' },
  engine: {
    may: ROOMS.filter((room) => room.startsWith('engine')),
    because: 'the composition root wires every engine room',
  },
  kubectl: {
    may: ['engine/api'],
    types: ['engine', 'engine/client', 'engine/kernel', 'engine/apiserver'],
    files: ['engine/client/component'],
    packages: ['yaml', '@noble/hashes'],
    because: 'a pure adapter: page and worker can both load it',
  },
  conditions: {
    may: ['engine/api'],
    types: ['engine', 'engine/trace', 'engine/traffic', 'engine/machine'],
    // What is known of requests, second by second: pure, and the same for everybody who reads it.
    files: ['engine/traffic/counts'],
    because: 'a pure adapter: page and worker can both load it',
  },
  scenario: {
    may: ['engine/api', 'kubectl', 'conditions'],
    types: ['engine', 'engine/client'],
    // yaml: what a Compose file becomes is written as text.
    packages: ['fflate', 'yaml'],
    because: 'as kubectl',
  },
  view: {
    may: ['engine/api'],
    types: ['engine', 'engine/client', 'engine/trace', 'engine/store', 'session'],
    packages: ['diff'],
    because: 'as kubectl',
  },
  session: {
    may: ['engine', 'engine/api', 'engine/apiserver', 'kubectl', 'scenario', 'conditions'],
    files: ['engine/traffic/counts', 'engine/measures/series'],
    types: ['engine/client', 'engine/traffic'],
    because: 'joins engine, scenario and kubectl for the worker and the command line',
  },
  lessons: {
    may: ['scenario', 'session', 'conditions', 'engine/api'],
    types: ['engine'],
    because: 'goals are asked of the world, not of clicks: what a person did is run again',
  },
  worker: {
    may: ['session', 'view', 'kubectl', 'scenario', 'engine', 'engine/api', 'conditions', 'lessons'],
    types: ['engine/trace', 'engine/client', 'engine/store'],
    files: ['engine/runtime/limits'],
    packages: ['yaml'],
    because: 'only the worker bundle holds the engine',
  },
  i18n: { may: [], because: 'texts only' },
  ui: {
    may: ['view', 'scenario', 'lessons', 'i18n', 'engine/api'],
    types: ['worker', 'kubectl', 'session', 'engine', 'engine/trace', 'engine/client'],
    files: ['worker/bridge', 'worker/protocol'],
    packages: [
      'react',
      'react-dom',
      'zustand',
      'marked',
      '@xyflow/react',
      'monaco-editor',
      'monaco-yaml',
      '@fontsource-variable/ibm-plex-sans',
      '@fontsource/ibm-plex-mono',
    ],
    // A worker, which has it anyway.
    packagesOf: { 'ui/editor/yaml.worker': ['yaml'] },
    because: 'the engine never reaches the main chunk',
  },
  cli: {
    may: ['engine', 'session', 'scenario', 'lessons', 'kubectl', 'engine/api', 'conditions'],
    files: ['engine/runtime/limits', 'engine/traffic/counts'],
    types: ['engine/traffic'],
    // The last two only when it is built.
    packages: ['fs', 'util', 'crypto', 'vite', 'yaml'],
    because: 'same engine, other mouth',
  },
  testing: {
    may: ROOMS.filter((room) => room !== 'ui' && room !== 'worker'),
    packages: [
      'fs',
      'path',
      'url',
      'util',
      'os',
      'child_process',
      'worker_threads',
      'vitest',
      'vite',
      'yaml',
      'dependency-cruiser',
      'eslint-scope',
      '@ngrok/webernetes',
      // Mutants are tried without Vitest, with its matchers.
      '@stryker-mutator/api',
      '@vitest/expect',
      'chai',
    ],
    because: 'tests may look everywhere',
  },
};

/** The room a path (below src) is in: the longest that holds it; undefined when it is in none. */
export function roomOf(path: string): Room | undefined {
  return ROOMS.find((room) => path.startsWith(`${room}/`));
}

/** A regular expression for the paths of a room, without those of the rooms inside it. */
export function roomPattern(room: string): string {
  const inside = ROOMS.filter((other) => other.startsWith(`${room}/`)).map((other) => other.slice(room.length + 1));
  return `^src/${room}/${inside.length > 0 ? `(?!(${inside.join('|')})/)` : ''}`;
}
