/**
 * A scenario: one YAML stream of manifests with at most one Scenario document (the public contract, section 1), read
 * into what the engine runs. Everything wrong is reported with its line; what can be read is still returned.
 */

import { isActedOn } from '../engine/api/custom-resources/acted-on';
import type { KubeObject } from '../engine/api/meta';
import { valueIn } from '../engine/api/plain';
import { quantityValue } from '../engine/api/quantity';
import { groupOf } from '../engine/api/scheme';
import type { ProgramConfig, SimulationConfig, TimedInput } from '../engine/simulation';
import { type Problem, parseManifests, type SourceDocument } from '../kubectl/yaml';
import { type Groups, inputsOf } from './actions';
import { misfitsOf, type Path } from './checks';
import { SCENARIO_API_VERSION } from './document-shape';
import { expectationsOf, type PlacedExpectation } from './expectations';
import { idlePrograms } from './idle-programs';
import { idleRouting } from './idle-routing';
import { idleSources } from './idle-sources';
import { checkLesson, type Lesson, readLesson } from './lesson';
import { milliseconds, optionalMs } from './milliseconds';
import { nodesOf } from './nodes';
import { type RawProgram, SCENARIO_SHAPE, type ScenarioSpec } from './scenario-shape';
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
  /** What it teaches, where it does. */
  readonly lesson: Lesson | undefined;
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

function problemAt(document: SourceDocument, path: Path, message: string): Problem {
  const range = document.rangeOf(path);
  const place = path.length > 0 ? `${path.join('.')}: ` : '';
  return { message: `${document.object.kind}: ${place}${message}`, ...range };
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

/** Fields of Pods, or of one kind, that belong to a feature gate which is off by default in 1.36, each with the field that it stands in. */
const GATED: Readonly<Record<string, { readonly within: string; readonly gate: string; readonly kind?: string }>> = {
  maxUnavailable: { within: 'rollingUpdate', gate: 'MaxUnavailableStatefulSet', kind: 'StatefulSet' },
  stopSignal: { within: 'lifecycle', gate: 'ContainerStopSignals' },
  schedulingGroup: { within: 'spec', gate: 'GenericWorkload' },
  clusterTrustBundle: { within: 'sources', gate: 'ClusterTrustBundleProjection' },
  podCertificate: { within: 'sources', gate: 'PodCertificateRequest' },
};

/** Where such fields stand. */
function gatedFields(value: unknown, path: Path, ofKind: string): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    const within = path.findLast((part) => typeof part === 'string');
    const gated = valueIn(GATED, key);
    const isGated = gated?.within === within && (gated?.kind ?? ofKind) === ofKind;
    return isGated ? [here] : gatedFields(below, here, ofKind);
  });
}

/** What a manifest asks of such a gate: the API server drops it without a word. */
function droppedFields(document: SourceDocument): Problem[] {
  return gatedFields(document.object.spec, ['spec'], document.object.kind).map((path) => ({
    ...document.rangeOf(path),
    message: `${path.join('.')} of ${document.object.kind} ${document.object.metadata?.name ?? ''} has no effect: the feature gate ${valueIn(GATED, String(path.at(-1)))?.gate} is off in 1.36, and the API server drops the field`,
  }));
}

/** The first object of each custom kind that is defined here and that nobody acts on. */
function unattended(documents: readonly SourceDocument[]): Problem[] {
  const defined = documents.flatMap(({ object }) =>
    object.kind === 'CustomResourceDefinition' ? [String((object.spec as { group?: unknown } | undefined)?.group)] : [],
  );
  const told = new Set<string>();
  return documents.flatMap((document) => {
    const { apiVersion, kind } = document.object;
    const group = typeof apiVersion === 'string' ? groupOf(apiVersion) : '';
    const name = `${kind} ${group}`;
    if (!defined.includes(group) || isActedOn(group) || told.has(name)) return [];
    told.add(name);
    const message = `the document of kind ${kind} has no effect: no program acts on custom resources of ${group} here`;
    return [{ ...document.rangeOf(['kind']), message }];
  });
}

/** What has no effect, as `spec.x has no effect: why`. */
function noticesOf(settings: SourceDocument | undefined, documents: readonly SourceDocument[]): Problem[] {
  const { components = {} } = (settings?.object.spec ?? {}) as ScenarioSpec;
  const isEnforced = String(components['network-plugin']?.['enforces-network-policy']) === 'true';
  const policies = isEnforced ? [] : documents.filter(({ object }) => object.kind === 'NetworkPolicy');
  const idle = settings ? idleSettings((settings.object.spec ?? {}) as ScenarioSpec) : [];
  return [
    ...idle.map(({ path, message }) => ({
      ...(settings as SourceDocument).rangeOf(['spec', ...path]),
      message: `${['spec', ...path].join('.')} has no effect: ${message}`,
    })),
    ...documents.flatMap(droppedFields),
    ...documents.flatMap(idleRouting),
    ...documents.flatMap(idlePrograms),
    ...documents.flatMap(idleSources),
    ...unattended(documents),
    ...policies.map((policy) => ({
      ...policy.rangeOf(['kind']),
      message:
        'the document of kind NetworkPolicy has no effect: the network plugin does not enforce it (spec.components.network-plugin.enforces-network-policy is not true)',
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
  const [lesson, another] = documents.filter(isLesson);
  if (another) problems.push(problemAt(another, [], 'a stream has at most one Lesson document'));
  if (problems.length > 0) return { problems: [...syntax, ...problems] };
  const spec = (settings?.object.spec ?? {}) as ScenarioSpec;
  const manifests = documents.filter((document) => !isSettings(document) && !isLesson(document));
  const durationMs = milliseconds(spec.duration, DEFAULT_DURATION_MS);
  const nodes = nodesOf(spec.nodes);
  const frame = { durationMs, nodes: new Set(nodes.map(({ name }) => name)) };
  for (const { path, message } of lesson ? checkLesson(lesson, frame) : [])
    problems.push(problemAt(lesson as SourceDocument, path, message));
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
    nodes,
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
    lesson: lesson && readLesson(lesson, frame),
    notices: noticesOf(settings, manifests),
  };
  return { scenario, problems: syntax };
}
