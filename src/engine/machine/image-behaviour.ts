/**
 * What a container will do: from the scenario's programs (the first match wins), else the built-in catalogue, else the
 * rule for unknown images: pulled in 2 s, started in 500 ms, answers on its containerPorts at once, runs for ever (in an
 * init container, and as a command of a Job: for a second), ends with 143 one second after SIGTERM. A command that the small shell can run is run.
 */
import { quantityValue } from '../api/quantity';
import { matchesText } from '../api/selector';
import type { Container, Pod } from '../api/types';
import type { Context } from '../client/component';
import { DEFAULT_USAGE, type UsageProfile } from '../measures/usage';
import type { ProgramConfig } from '../simulation';
import { AGNHOST, agnhostName, agnhostStop } from './agnhost';
import { fileServer, isBusyBoxServer } from './file-servers';
import { type CatalogueImage, commonName, type DataDirectory, IMAGE_CATALOGUE, ownTag } from './image-catalogue';
import { imageFiles } from './image-files';
import { type Listener, listenersOf } from './image-listeners';
import { holdsProgram, type ImagePrograms, isPlainBase, programsOf } from './image-programs';
import { type ImageReference, matchesGlob, parseImageReference } from './image-reference';
import { isShell } from './shell/call-utility';
import { isUtility } from './shell/commands';
import { lastOf } from './shell/paths';
import { stressOf } from './stress';

/** Everything the kubelet needs to know about one container's image and process. */
export interface Behaviour {
  readonly startMs: number;
  readonly listeners: readonly Listener[];
  readonly exit?: { readonly afterMs: number; readonly code: number };
  readonly stop: CatalogueImage['stop'];
  /** How the image's own program ends when it was started by a shell that gave its place to it. */
  readonly serverStop: CatalogueImage['stop'];
  /** The command line that the small shell runs; undefined when the image's own program runs. */
  readonly command?: readonly string[];
  /** What the entrypoint of the image, a script, calls itself when it can't find that command. */
  readonly entrypoint?: string;
  readonly programs: ImagePrograms;
  readonly bare: boolean;
  readonly webRoot?: string;
  /** Why it can't begin with its configuration, and how long it takes to find that out; of what it only warns. */
  readonly refusal?: { readonly said: string; readonly afterMs: number };
  readonly warnings?: readonly string[];
  /** What its configuration says beside where it listens. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Its entrypoint runs as a script, beside a server that only those in the container reach. */
  readonly isInitialising?: true;
  /** What its entrypoint must be told: see the catalogue. */
  readonly requires?: readonly string[];
  /** Where its database lies. */
  readonly data?: DataDirectory;
  /** Files that are in the image. */
  readonly files: Readonly<Record<string, string>>;
  readonly usage: UsageProfile;
  /** What it uses is told by the scenario, or by its command as a whole. */
  readonly isUsageSaid?: true;
  /** It is to come to an end: an init container, or one of a Job. */
  readonly isTask?: true;
  /** It is an image of the catalogue, so that what its ports speak is known: none of them gRPC. */
  readonly isKnown: boolean;
  /** What the catalogue calls it, when its own program runs. */
  readonly catalogueName?: string;
  readonly tag: string;
}

/** How an image gets onto a node. */
export interface PullBehaviour {
  readonly durationMs: number;
  /** A refusal for ever: a waiting reason such as ErrImagePull. */
  readonly error?: string;
  /** The registry for which whoever pulls must have credentials. */
  readonly credentials?: string;
  readonly sizeBytes: number;
}

const DEFAULT_PULL_MS = 2000;
const DEFAULT_START_MS = 500;
/** How a program of which nothing is known ends where one is to end. */
const DONE = { afterMs: 1000, code: 0 };
const DEFAULT_STOP: CatalogueImage['stop'] = { exitAfterMs: 1000, code: 143 };
const NO_FILES: Readonly<Record<string, string>> = {};

const catalogue: ReadonlyMap<string, CatalogueImage> = new Map(
  IMAGE_CATALOGUE.flatMap((entry) => {
    const reference = parseImageReference(entry.name);
    return reference ? [[`${reference.registry}/${reference.repository}`, entry] as const] : [];
  }),
);

function catalogued(reference: ImageReference | undefined): CatalogueImage | undefined {
  return reference && catalogue.get(commonName(`${reference.registry}/${reference.repository}`));
}

/** The first program that speaks of this container, if any. */
export function findProgram(
  programs: readonly ProgramConfig[],
  container: Container,
  labels: Record<string, string> | undefined,
): ProgramConfig | undefined {
  const image = container.image ?? '';
  for (const program of programs) {
    if (program.container !== undefined && !matchesGlob(program.container, container.name)) continue;
    if (program.selector !== undefined && !matchesText(program.selector, labels ?? {})) continue;
    if (program.image !== undefined && !matchesImage(program.image, image)) continue;
    return program;
  }
  return undefined;
}

/** Whether a pattern names an image, as written or with its registry and tag filled in. */
export function matchesImage(pattern: string, image: string): boolean {
  if (matchesGlob(pattern, image)) return true;
  const reference = parseImageReference(image);
  if (!reference) return false;
  return (
    matchesGlob(pattern, reference.full) || (reference.tag === 'latest' && matchesGlob(pattern, `${image}:latest`))
  );
}

/** Whether an image's process runs as root when nothing else is said: most do. Who asks it of an organisation's image knows that it does not. */
export function runsAsRoot(image: string): boolean {
  const reference = parseImageReference(image);
  const known = catalogued(reference);
  if (known) return !known.nonRoot;
  const { repository = '', tag = '' } = reference ?? {};
  return repository.startsWith('library/') || (isPlainBase(repository) && !tag.includes('nonroot'));
}

/** Names that say of an image that it is not there, and versions of Docker's own images that are beyond all that there are. */
const ABSENT_IMAGE =
  /(^|[/-])(no-?such|does-?not-?exist|non-?exist(ing|ent)?)($|[/-])|(^|\/)((image|repo|tag)-)?not-?found($|\/)/;
/** The tutorial has its readers ask for it. */
const NO_SUCH_TAG = /kubernetes-bootcamp:v\d\d/;
const NO_VERSION = /^\d+\.\d{3,}(\D|$)/;

function absentImage(image: string): string | undefined {
  const { registry, repository = '', tag = '' } = parseImageReference(image) ?? {};
  const isOfficial = registry === 'docker.io' && repository.startsWith('library/');
  if (
    ABSENT_IMAGE.test(tag) ||
    NO_SUCH_TAG.test(image) ||
    (isOfficial && NO_VERSION.test(tag) && catalogued(parseImageReference(image)))
  )
    return 'ErrImagePull';
  if (!ABSENT_IMAGE.test(repository)) return undefined;
  return registry === 'docker.io' ? 'denied' : 'ErrImagePull';
}

/** How long pulling takes, or why it fails, and how large the image is. */
export function pullBehaviour(programs: readonly ProgramConfig[], pod: Pod, container: Container): PullBehaviour {
  const program = findProgram(programs, container, pod.metadata.labels);
  const image = container.image ?? '';
  const known = catalogued(parseImageReference(image));
  const sizeBytes = program?.sizeBytes ?? known?.sizeBytes ?? 20_000_000 + image.length * 100_003;
  const absent = program ? undefined : absentImage(image);
  if (absent !== undefined) return { durationMs: 0, error: absent, sizeBytes };
  const pull = program?.pull ?? DEFAULT_PULL_MS;
  if (typeof pull === 'number') return { durationMs: pull, sizeBytes };
  if ('error' in pull) return { durationMs: 0, error: pull.error, sizeBytes };
  return { durationMs: pull.afterMs ?? DEFAULT_PULL_MS, credentials: pull.credentials, sizeBytes };
}

/** What the small shell runs in a container, and what hands it on. */
export type CommandLine = Pick<Behaviour, 'command' | 'entrypoint'>;

/** Whether a command is the image's own program, or taken for it: not one that a volume brings. */
function isOwnProgram(image: ImagePrograms, container: Container, path: string): boolean {
  const name = lastOf(path);
  if (isUtility(name) || isShell(name) || image.tools.includes(name) || isBusyBoxServer(image, name)) return false;
  const isBrought = container.volumeMounts?.some(({ mountPath }) =>
    `${path}/`.startsWith(`${mountPath.replace(/\/$/, '')}/`),
  );
  return isBrought !== true && holdsProgram(image, container, path);
}

/** The command line that the small shell runs; none when the image's own program runs, with whatever arguments. */
export function commandLine(image: ImagePrograms, container: Container, isBare = false): CommandLine {
  const { command = [], args = [] } = container;
  const argv = [...command, ...args];
  const [first] = argv;
  // Of a base alone its shell is run, which reads what is typed.
  if (first === undefined && container.stdin && isBare) return { command: [image.base === 'debian' ? 'bash' : 'sh'] };
  if (first === undefined || isOwnProgram(image, container, first)) return {};
  if (command.length > 0) return { command: argv };
  const { entrypoint } = image;
  if (entrypoint === 'program') return {};
  if (entrypoint === 'curl') {
    return { command: !first.startsWith('-') && holdsProgram(image, container, first) ? argv : ['curl', ...argv] };
  }
  if (entrypoint === undefined) return { command: argv };
  // The script of node's image runs with node what is no program.
  if (image.tools.includes('node') && !holdsProgram(image, container, first))
    return { command: ['node', ...argv], entrypoint };
  if (first.endsWith('.conf') && image.servers.includes('redis-server')) return {};
  return first.startsWith('-') ? {} : { command: argv, entrypoint };
}

function exitOf(
  program: ProgramConfig | undefined,
  known: CatalogueImage | undefined,
  container: Container,
  { starts }: ImagePrograms,
): Behaviour['exit'] {
  if (program) return program.exit;
  if (container.command?.length || container.args?.length) return undefined;
  if (!known) return starts === 'shell' && !container.stdin ? { afterMs: 0, code: 0 } : undefined;
  return known.exits === undefined || container.stdin ? undefined : { afterMs: 0, code: known.exits };
}

function stopOf(
  program: ProgramConfig | undefined,
  known: CatalogueImage | undefined,
  interpreted: boolean,
  container: Container,
): CatalogueImage['stop'] {
  if (program?.sigterm === 'ignore') return 'ignore';
  if (program?.sigterm) return { exitAfterMs: program.sigterm.exitAfterMs, code: program.sigterm.code ?? 143 };
  // A shell, sleep and the like run as process 1, for which the kernel has no default action on SIGTERM.
  if (interpreted) return 'ignore';
  if (!known || program) return DEFAULT_STOP;
  return known.name === AGNHOST ? agnhostStop(container) : known.stop;
}

/** Of what nothing is said a container uses little: half of its limit at most. */
function usageOf(said: Partial<UsageProfile> | undefined, container: Container): UsageProfile {
  const limit = quantityValue(container.resources?.limits?.memory);
  const isTight = limit > 0 && limit < 2 * DEFAULT_USAGE.baseBytes;
  if (!isTight && !said) return DEFAULT_USAGE;
  const resting = isTight ? { ...DEFAULT_USAGE, baseBytes: Math.floor(limit / 2) } : DEFAULT_USAGE;
  return { ...resting, ...said };
}

/** Whether a container is to end before the others of its Pod start. */
function isInitContainer({ spec }: Pod, { name, restartPolicy }: Container): boolean {
  return restartPolicy !== 'Always' && spec.initContainers?.some((one) => one.name === name) === true;
}

/** Whether it is to come to an end at all. */
const isTaskOf = (pod: Pod, container: Container): boolean =>
  isInitContainer(pod, container) ||
  (container.restartPolicy !== 'Always' && pod.metadata.ownerReferences?.some(({ kind }) => kind === 'Job') === true);

const isSaid = ({ command = [], args = [] }: Container): boolean => command.length + args.length > 0;

/** What a container of this Pod will do once its image is there. */
export function containerBehaviour(programs: readonly ProgramConfig[], pod: Pod, container: Container): Behaviour {
  const program = findProgram(programs, container, pod.metadata.labels);
  const reference = parseImageReference(container.image ?? '');
  const known = catalogued(reference);
  const image = programsOf(known?.name, reference?.repository ?? '', reference?.tag ?? '', program !== undefined);
  const stress = !program && image.isOpen ? stressOf(container) : undefined;
  const exit = stress?.exit ?? exitOf(program, known, container, image);
  const bare = known?.bare ?? image.starts === 'shell';
  const line: CommandLine = exit ? {} : commandLine(image, container, bare);
  const isUnknown = !program && !known && !exit && !line.command && image.starts === undefined;
  const isTask = isTaskOf(pod, container);
  const ends =
    exit ?? (isUnknown && isTask && (isInitContainer(pod, container) || isSaid(container)) ? DONE : undefined);
  const served = program?.listen ? undefined : known;
  const pages = program || !line.command ? undefined : fileServer(line.command, image.base, container.workingDir);
  const webRoot = pages?.root ?? served?.webRoot;
  return {
    startMs: program?.startMs ?? DEFAULT_START_MS,
    listeners: pages
      ? [{ port: pages.port, afterMs: 0, status: 200, latencyMs: 0 }]
      : listenersOf(program, known, container),
    stop: stopOf(program, known, line.command !== undefined, container),
    serverStop: stopOf(program, known, false, container),
    programs: image,
    bare,
    isKnown: known !== undefined && !program,
    ...(isTask ? { isTask } : {}),
    ...(known && !program ? { catalogueName: known.name === AGNHOST ? agnhostName(container) : known.name } : {}),
    tag: ownTag(known, reference),
    files: served ? imageFiles(served) : NO_FILES,
    usage: usageOf(program ? program.usage : (stress ?? known)?.usage, container),
    ...(program?.usage || stress ? { isUsageSaid: true as const } : {}),
    ...(ends ? { exit: ends } : {}),
    ...line,
    ...(!program && known?.requiresOneOf ? { requires: known.requiresOneOf } : {}),
    ...(webRoot === undefined ? {} : { webRoot }),
    ...(!program && known?.data && !known.data.exceptTags?.test(container.image ?? '') ? { data: known.data } : {}),
  };
}

/** Whether neither the image nor the container says what is to be run. */
export function hasNoCommand({ programs }: Behaviour, { command = [], args = [] }: Container): boolean {
  return programs.starts === 'nothing' && command.length === 0 && args.length === 0;
}

/** What it will do on a machine: the same for those of one template, and kept once. What is mounted has no part in it. */
export function behaviourOn(
  { context, programs }: { readonly context: Pick<Context, 'derived'>; readonly programs: readonly ProgramConfig[] },
  pod: Pod,
  spec: Container,
): Behaviour {
  const { volumeMounts: _mounted, ...said } = spec;
  const inputs = [pod.metadata.labels, isTaskOf(pod, spec), isInitContainer(pod, spec), ...Object.values(said)];
  return context.derived.memo('behaviour', `${spec.image} ${Object.keys(said)}`, inputs, () =>
    containerBehaviour(programs, pod, spec),
  );
}
