/** Runs a recorded case here, and says how far the answers agree. */
import { stringify } from 'yaml';
import { readDocumentation } from '../../cli/documentation';
import { FORMATS } from '../../cli/formats';
import { createSession } from '../../session/create-session';
import type { Session } from '../../session/session';
import { type Agreement, agree } from './agree';
import type { ApplyCase, Manifest, ScenarioCase } from './cases';
import { cleanStored, maskAnswer } from './clean';
import { factsOf } from './facts/registry';
import type { CommandLine, Json, JsonRecord, Run, WatchLine } from './run';

const parsed = <T>(session: Session, format: 'watch' | 'commands'): T[] =>
  [...(FORMATS[format]?.(session) ?? [])].map((line) => JSON.parse(line) as T);

function sessionOf(text: string): Session {
  const { session, problems } = createSession(text, {}, readDocumentation);
  const wrong = problems.map(({ line, message }) => `${line}: ${message}`);
  if (!session) throw new Error(wrong.join('\n'));
  return session;
}

/** A finished simulation of a scenario, and what it has in common with the real run. */
export function simulateScenario({ text, durationMs, facts, kinds, expected }: ScenarioCase): {
  readonly session: Session;
  readonly agreement: Agreement;
} {
  const session = sessionOf(text);
  const { message } = session.simulation.run({ timeMs: durationMs });
  if (message) throw new Error(message);
  const watch = parsed<WatchLine>(session, 'watch');
  const commands = facts.includes('output') ? parsed<CommandLine>(session, 'commands') : [];
  const run: Run = { watch, commands };
  return { session, agreement: agree(expected, factsOf(run, facts, kinds)) };
}

const NAMESPACE = 'case-1';
/** Time between two commands of an apply case. */
const PACE_MS = 1000;

const namesNamespace = (manifest: Manifest): boolean =>
  typeof manifest === 'string'
    ? /^\s*namespace:|[{,]\s*namespace:/m.test(manifest)
    : manifest.metadata?.namespace !== undefined;

/** `kubectl get` for what was applied; undefined when the manifest doesn't say what it is. */
function getOf(manifest: Manifest | undefined): string | undefined {
  if (typeof manifest !== 'object' || typeof manifest.kind !== 'string' || !manifest.metadata?.name) return undefined;
  const version = manifest.apiVersion ?? 'v1';
  if (typeof version !== 'string') return undefined;
  const type = version.includes('/') ? version.split('/').reverse().join('.') : `${version}.`;
  const { name, namespace = NAMESPACE } = manifest.metadata;
  return `get ${manifest.kind}.${type} ${name} -o json -n ${namespace}`;
}

interface Action {
  readonly at: string;
  readonly kubectl: string;
  readonly stdin?: string;
}

interface Verb {
  readonly verb: string;
  readonly manifest: Manifest;
}

function actionsOf({ setup, manifest, then, create, as }: ApplyCase): { actions: Action[]; verbs: string[] } {
  const wanted: Verb[] = [
    ...setup.map((one) => ({ verb: 'setup', manifest: one })),
    { verb: 'apply', manifest },
    { verb: 'then', manifest: then },
    { verb: 'create', manifest: create },
  ].filter((one): one is Verb => one.manifest !== undefined);
  const actions: Action[] = [];
  const verbs: string[] = [];
  wanted.forEach(({ verb, manifest: one }, index) => {
    const atMs = (index + 1) * PACE_MS;
    const where = namesNamespace(one) ? '' : `-n ${NAMESPACE} `;
    const command = `${verb === 'create' ? 'create' : 'apply'} -f - ${where}--validate=strict${as ? ` --as ${as}` : ''}`;
    const stdin = typeof one === 'string' ? one : stringify(one, { version: '1.1' });
    actions.push({ at: `${atMs}ms`, kubectl: command, stdin });
    verbs.push(verb);
    const get = verb === 'apply' ? getOf(one) : undefined;
    if (!get) return;
    actions.push({ at: `${atMs + PACE_MS - 300}ms`, kubectl: get });
    verbs.push('get');
  });
  return { actions, verbs };
}

function storedIn(line: CommandLine | undefined): Json {
  try {
    return cleanStored(JSON.parse(line?.stdout ?? '') as Parameters<typeof cleanStored>[0]);
  } catch {
    // Refused, so nothing is stored and what was printed is no JSON.
    return undefined;
  }
}

/** Applies the manifests of a case in a fresh namespace of a cluster without nodes, and compares the answers. */
export function simulateApply(one: ApplyCase): { readonly session: Session; readonly agreement: Agreement } {
  const { actions, verbs } = actionsOf(one);
  const duration = `${(actions.length + 2) * PACE_MS}ms`;
  const scenario = { apiVersion: 'kubestep.dev/v1alpha1', kind: 'Scenario', metadata: { name: 'apply' } };
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } };
  const text = `${stringify({ ...scenario, spec: { nodes: [], duration, actions } })}---\n${stringify(namespace)}`;
  const session = sessionOf(text);
  const { message } = session.simulation.run({ timeMs: session.scenario.durationMs });
  if (message) throw new Error(message);
  const lines = parsed<CommandLine>(session, 'commands').filter(({ time }) => time > 0);
  const answers: JsonRecord = {};
  lines.forEach(({ code, stdout, stderr }, index) => {
    const verb = verbs[index] ?? '';
    if (verb === 'setup' || verb === 'get') return;
    answers[verb] = { code, out: maskAnswer(stdout), err: maskAnswer(stderr) };
  });
  const recorded = one.expected.apply as { readonly stored?: Json } | undefined;
  if (recorded?.stored !== undefined) {
    answers.apply = { ...(answers.apply as object), stored: storedIn(lines[verbs.indexOf('get')]) };
  }
  return { session, agreement: agree(one.expected, answers) };
}
