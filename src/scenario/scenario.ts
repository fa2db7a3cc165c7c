/**
 * A scenario: one YAML stream of manifests with at most one Scenario document (the public contract, section 1), read
 * into what the engine runs. Everything wrong is reported with its line; what can be read is still returned.
 */

import type { KubeObject } from '../engine/api/meta';
import { quantityValue } from '../engine/api/quantity';
import type { ProgramConfig, SimulationConfig, TimedInput } from '../engine/simulation';
import { type Problem, parseManifests, type SourceDocument } from '../kubectl/yaml';
import { misfitsOf, type Path } from './checks';
import { expectationsOf, type PlacedExpectation } from './expectations';
import { milliseconds, optionalMs } from './milliseconds';
import { nodesOf } from './nodes';
import {
  type RawAction,
  type RawFault,
  type RawProgram,
  SCENARIO_API_VERSION,
  SCENARIO_SHAPE,
  type ScenarioSpec,
} from './scenario-shape';
import { selectorText } from './selector-text';
import { idleSettings, settingsMisfits } from './settings';
import { trafficOf } from './traffic';
import { usageOf } from './usage';

const DEFAULT_DURATION_MS = 300_000;
const DEFAULT_START_TIME = '2026-01-01T00:00:00Z';

export type { Problem } from '../kubectl/yaml';
export type { PlacedExpectation } from './expectations';
export { SCENARIO_API_VERSION };

/** Text in the reader's language: plain, or by language code. */
export type Translated = string | Readonly<Record<string, string>>;

/** A scenario that can run. */
export interface Scenario {
  readonly name: string;
  readonly title: Translated;
  readonly description: Translated;
  /** How far the timeline runs by default. */
  readonly durationMs: number;
  readonly config: SimulationConfig;
  /** The manifests, in order, without the Scenario document. */
  readonly documents: readonly SourceDocument[];
  /** The Scenario document as written, or undefined. */
  readonly settings: KubeObject | undefined;
  /** What must hold while it runs, with its place in the text. */
  readonly expectations: readonly PlacedExpectation[];
  /** What is accepted and has no effect yet, each with its place. */
  readonly notices: readonly Problem[];
}

function pullOf(raw: RawProgram['pull']): ProgramConfig['pull'] {
  if (typeof raw !== 'object') return optionalMs(raw);
  if ('error' in raw) return raw;
  const afterMs = optionalMs(raw.after);
  return { credentials: raw.credentials, ...(afterMs === undefined ? {} : { afterMs }) };
}

function programOf(raw: RawProgram): ProgramConfig {
  const { sigterm } = raw;
  return {
    image: raw.image,
    container: raw.container,
    selector: selectorText(raw.selector),
    pull: pullOf(raw.pull),
    sizeBytes: raw.size === undefined ? undefined : quantityValue(String(raw.size)),
    startMs: optionalMs(raw.start),
    listen: raw.listen?.map(({ port, path, status, after, latency }) => ({
      port,
      path,
      status,
      afterMs: optionalMs(after),
      latencyMs: optionalMs(latency),
    })),
    exit: raw.exit && { afterMs: milliseconds(raw.exit.after, 0), code: raw.exit.code ?? 0 },
    sigterm:
      typeof sigterm === 'object' ? { exitAfterMs: milliseconds(sigterm.exitAfter, 0), code: sigterm.code } : sigterm,
    usage: usageOf(raw),
  };
}

/** Manifests given inside an action: text, one object, or a list of either. */
function documentsIn(apply: unknown): { documents: KubeObject[]; problem?: string } {
  if (typeof apply === 'string') {
    const { documents, problems } = parseManifests(apply);
    return { documents: documents.map((document) => document.object), problem: problems[0]?.message };
  }
  if (Array.isArray(apply)) {
    const parts = apply.map(documentsIn);
    return { documents: parts.flatMap((part) => part.documents), problem: parts.find((part) => part.problem)?.problem };
  }
  if (typeof apply === 'object' && apply !== null) return { documents: [apply as KubeObject] };
  return { documents: [], problem: 'must be a manifest or a list of manifests' };
}

type Groups = ReadonlyMap<string, readonly string[] | undefined>;

function inputsOf(action: RawAction, durationMs: number, users: Groups): { inputs: TimedInput[]; problem?: string } {
  const atMs = milliseconds(action.at, 0);
  const inputs: TimedInput[] = [];
  let problem: string | undefined;
  if (action.kubectl !== undefined) {
    const { kubectl: command, stdin, as } = action;
    const untilMs = milliseconds(action.until, durationMs);
    const groups = users.get(as ?? '');
    inputs.push({ to: 'user', kind: 'kubectl', payload: { command, stdin, as, groups, untilMs }, atMs });
  }
  if (action.apply !== undefined) {
    const found = documentsIn(action.apply);
    problem = found.problem;
    inputs.push({ to: 'user', kind: 'apply', payload: { documents: found.documents }, atMs });
  }
  if (action.fault) inputs.push({ to: 'fault', kind: 'fault', payload: faultPayload(action.fault), atMs });
  if (action.heal) inputs.push({ to: 'fault', kind: 'heal', payload: faultPayload(action.heal), atMs });
  return { inputs, problem };
}

/** A fault with its durations in ms. */
function faultPayload(raw: RawFault): Record<string, unknown> {
  const { for: duration, latency, ...rest } = raw;
  return {
    ...rest,
    ...(duration === undefined ? {} : { forMs: milliseconds(String(duration), 0) }),
    ...(latency === undefined ? {} : { latencyMs: milliseconds(String(latency), 0) }),
  };
}

function problemAt(document: SourceDocument, path: Path, message: string): Problem {
  const range = document.rangeOf(path);
  const place = path.length > 0 ? `${path.join('.')}: ` : '';
  return { message: `Scenario: ${place}${message}`, ...range };
}

function checkSettings(document: SourceDocument): Problem[] {
  const misfits = misfitsOf(SCENARIO_SHAPE, document.object);
  if (misfits.length > 0) return misfits.map(({ path, message }) => problemAt(document, path, message));
  const further = settingsMisfits((document.object.spec ?? {}) as ScenarioSpec);
  return further.map(({ path, message }) => problemAt(document, ['spec', ...path], message));
}

const isOwn = (kind: string, { object }: SourceDocument): boolean =>
  object.kind === kind && typeof object.apiVersion === 'string' && object.apiVersion.startsWith('kubestep.dev/');
const isSettings = (document: SourceDocument): boolean => isOwn('Scenario', document);
const isLesson = (document: SourceDocument): boolean => isOwn('Lesson', document);

/** What has no effect, as `spec.x has no effect: why`. */
function noticesOf(
  settings: SourceDocument | undefined,
  lessons: readonly SourceDocument[],
  documents: readonly SourceDocument[],
): Problem[] {
  const { components = {} } = (settings?.object.spec ?? {}) as ScenarioSpec;
  const isEnforced = String(components['network-plugin']?.['enforces-network-policy']) === 'true';
  const policies = isEnforced ? [] : documents.filter(({ object }) => object.kind === 'NetworkPolicy');
  const idle = settings ? idleSettings((settings.object.spec ?? {}) as ScenarioSpec) : [];
  return [
    ...idle.map(({ path, message }) => ({
      ...(settings as SourceDocument).rangeOf(['spec', ...path]),
      message: `${['spec', ...path].join('.')} has no effect: ${message}`,
    })),
    ...policies.map((policy) => ({
      ...policy.rangeOf(['kind']),
      message:
        'the document of kind NetworkPolicy has no effect: the network plugin does not enforce it (spec.components.network-plugin.enforces-network-policy is not true)',
    })),
    ...lessons.map((lesson) => ({
      ...lesson.rangeOf(['kind']),
      message: 'the document of kind Lesson has no effect: lessons are not shown yet',
    })),
  ];
}

/**
 * Reads a scenario. `problems` names everything wrong with its place; `scenario` is missing when the Scenario document
 * itself is wrong; after broken YAML it holds what could be read, as `kubectl apply` works through a stream.
 */
export function parseScenario(
  text: string,
  options: { seed?: number } = {},
): { scenario?: Scenario; problems: readonly Problem[] } {
  const { documents, problems: syntax } = parseManifests(text);
  const problems: Problem[] = [];
  const [settings, second] = documents.filter(isSettings);
  if (second) problems.push(problemAt(second, [], 'a stream has at most one Scenario document'));
  if (settings) problems.push(...checkSettings(settings));
  const lessons = documents.filter(isLesson);
  if (lessons[1]) problems.push(problemAt(lessons[1], [], 'a stream has at most one Lesson document'));
  if (problems.length > 0) return { problems: [...syntax, ...problems] };
  const spec = (settings?.object.spec ?? {}) as ScenarioSpec;
  const manifests = documents.filter((document) => !isSettings(document) && !isLesson(document));
  const durationMs = milliseconds(spec.duration, DEFAULT_DURATION_MS);
  const inputs: TimedInput[] = manifests.map(({ object }) => {
    return { to: 'user', kind: 'apply', payload: { documents: [object] }, atMs: 0 };
  });
  if (spec.files) inputs.unshift({ to: 'user', kind: 'files', payload: { files: spec.files }, atMs: 0 });
  const users: Groups = new Map(spec.users?.map((user) => [user.name, user.groups]));
  (spec.actions ?? []).forEach((action, index) => {
    const { inputs: some, problem } = inputsOf(action, durationMs, users);
    inputs.push(...some);
    if (problem && settings) problems.push(problemAt(settings, ['spec', 'actions', index], problem));
  });
  if (problems.length > 0) return { problems: [...syntax, ...problems] };
  const name = settings?.object.metadata?.name ?? '';
  const config: SimulationConfig = {
    seed: options.seed ?? spec.seed ?? 1,
    startTime: spec.startTime ?? DEFAULT_START_TIME,
    nodes: nodesOf(spec.nodes),
    // Who describes no programs gets a metrics server: what images of the catalogue use is known.
    components: { ...(spec.programs ? {} : { 'metrics-server': {} }), ...spec.components },
    programs: (spec.programs ?? []).map(programOf),
    ...(spec.traffic ? { traffic: spec.traffic.map(trafficOf) } : {}),
    inputs,
  };
  const scenario: Scenario = {
    name,
    title: spec.title ?? name,
    description: spec.description ?? '',
    durationMs,
    config,
    documents: manifests,
    settings: settings?.object,
    expectations: settings ? expectationsOf(settings, spec.expect) : [],
    notices: noticesOf(settings, lessons, manifests),
  };
  return { scenario, problems: syntax };
}
