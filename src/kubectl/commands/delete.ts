/**
 * kubectl delete: asks for the deletion of each object, then waits until they are gone. One deletion, one step.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/delete/delete.go and wait/delete.go; the watch is a look every so often.
 */
import type { DeleteOptions, PropagationPolicy } from '../../engine/client/client';
import type { Call, Command, Progress, Turn } from '../command';
import { type DryRun, dryRunOf, dryRunSuffix } from '../dry-run';
import {
  asCommandError,
  isRefusal,
  KubectlError,
  type PackedError,
  packError,
  throwAll,
  unpackError,
  withSource,
} from '../errors';
import { DRY_RUN, FIELD_SELECTOR, FILENAME, flag, SELECTOR } from '../flag-sets';
import { parseBool } from '../flags';
import { writeRaw } from '../raw-write';
import { refuseBadName } from '../refusals';
import { typeNameOf } from '../rest-mapping';
import { type Entry, type Info, select, standardQuery } from '../selection';

/** An object whose end is awaited. */
export interface Doomed {
  readonly kind: string;
  readonly plural: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly uid: string | undefined;
}

interface DeleteProgress extends Progress {
  readonly entries: readonly ({ readonly info: Info } | { readonly packed: PackedError })[];
  readonly next: number;
  readonly errors: readonly PackedError[];
  readonly doomed: readonly Doomed[];
}

const FOREVER_MS = 168 * 3_600_000;

/** How deletions are done, from the flags. */
export interface DeleteSettings {
  /** -1: the object's own. */
  readonly gracePeriodSeconds: number;
  readonly policy: PropagationPolicy;
  readonly dryRun: DryRun;
  readonly ignoreNotFound: boolean;
  /** Nothing is said of it. */
  readonly isQuiet?: boolean;
}

/** Reads `--cascade`. */
export function cascadePolicy(call: Call): PropagationPolicy {
  const text = call.flags.text('cascade');
  if (text === 'background' || text === '') return 'Background';
  if (text === 'foreground') return 'Foreground';
  if (text === 'orphan') return 'Orphan';
  const old = parseBool(text);
  if (old !== undefined) {
    if (!call.progress) {
      const meant = old ? 'background' : 'orphan';
      call.err(
        `warning: --cascade=${text} is deprecated (boolean value) and can be replaced with --cascade=${meant}.\n`,
      );
    }
    return old ? 'Background' : 'Orphan';
  }
  throw new KubectlError(`invalid cascade value (${text}). Must be "background", "foreground", or "orphan"`);
}

function settingsOf(call: Call): DeleteSettings {
  const { flags } = call;
  let gracePeriodSeconds = flags.int('grace-period');
  const force = flags.bool('force');
  const policy = cascadePolicy(call);
  const bySelector = flags.bool('all') || flags.text('selector') !== '' || flags.text('field-selector') !== '';
  const ignoreNotFound = flags.bool('ignore-not-found') || (bySelector && !flags.given('ignore-not-found'));
  if (flags.bool('now')) {
    if (gracePeriodSeconds !== -1) throw new KubectlError('--now and --grace-period cannot be specified together');
    gracePeriodSeconds = 1;
  }
  if (gracePeriodSeconds === 0 && !force) gracePeriodSeconds = 1;
  if (force && gracePeriodSeconds < 0) gracePeriodSeconds = 0;
  return { gracePeriodSeconds, policy, dryRun: dryRunOf(call), ignoreNotFound };
}

function validate(call: Call, settings: DeleteSettings): void {
  const { flags } = call;
  const output = flags.text('output');
  if (output !== '' && output !== 'name') {
    throw new KubectlError(`unexpected -o output mode: ${output}. We only support '-o name'`);
  }
  if (flags.bool('interactive'))
    throw new KubectlError('nothing was deleted', { note: 'kubestep: --interactive is not simulated' });
  if (!flags.bool('force')) return;
  if (settings.gracePeriodSeconds > 0) {
    throw new KubectlError('--force and --grace-period greater than 0 cannot be specified together');
  }
  call.err(
    'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. ' +
      'The resource may continue to run on the cluster indefinitely.\n',
  );
}

function packEntry(entry: Entry): { info: Info } | { packed: PackedError } {
  return 'info' in entry ? { info: entry.info } : { packed: packError(entry.error) };
}

function begin(call: Call, settings: DeleteSettings): DeleteProgress {
  const selectAll = call.flags.bool('all');
  const query = { ...standardQuery(call, call.args, false), selectAll, requireObject: false };
  const { entries } = select(call, query);
  validate(call, settings);
  return { entries: entries.map(packEntry), next: 0, errors: [], doomed: [] };
}

/** Deletes one object and says so; returns what to wait for. */
export function deleteOne(call: Call, info: Info, settings: DeleteSettings): Doomed | undefined {
  const { gracePeriodSeconds, policy, dryRun } = settings;
  if (dryRun === 'client') {
    sayDeleted(call, info, settings);
    return undefined;
  }
  const options: DeleteOptions = {
    propagationPolicy: policy,
    ...(gracePeriodSeconds >= 0 ? { gracePeriodSeconds } : {}),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  };
  const { id: kind, plural } = info.mapping;
  let uid: string | undefined;
  try {
    refuseBadName(info.name);
    uid = call.io.client.delete(kind, info.namespace, info.name, options).metadata.uid;
  } catch (error) {
    throw withSource('deleting', info.source, asCommandError(error));
  }
  sayDeleted(call, info, settings);
  return { kind, plural, namespace: info.namespace, name: info.name, uid };
}

function sayDeleted(call: Call, info: Info, settings: DeleteSettings): void {
  if (settings.isQuiet) return;
  const type = typeNameOf(info.mapping);
  if (call.flags.text('output') === 'name') {
    call.out(`${type}/${info.name}\n`);
    return;
  }
  const verb = settings.gracePeriodSeconds === 0 ? 'force deleted' : 'deleted';
  const from = info.namespace ? ` from ${info.namespace} namespace` : '';
  call.out(`${type} "${info.name}" ${verb}${from}${dryRunSuffix(settings.dryRun)}\n`);
}

/** Those that are still there: the same object, not a new one of that name. */
export function stillThere(call: Call, doomed: readonly Doomed[]): Doomed[] {
  return doomed.filter(({ kind, namespace, name, uid }) => {
    const found = call.io.client.find(kind, namespace, name);
    return found !== undefined && (uid === undefined || found.metadata.uid === uid);
  });
}

function warnClusterScope(call: Call, progress: DeleteProgress, info: Info): void {
  if (!call.flags.given('namespace') || call.flags.bool('all-namespaces') || info.mapping.namespaced) return;
  const before = progress.entries.slice(0, progress.next);
  if (before.some((entry) => 'info' in entry && !entry.info.mapping.namespaced)) return;
  call.err('Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n');
}

function deleteNext(call: Call, progress: DeleteProgress, settings: DeleteSettings): DeleteProgress {
  const entry = progress.entries[progress.next];
  const errors = [...progress.errors];
  const doomed = [...progress.doomed];
  if (entry && 'packed' in entry) errors.push(entry.packed);
  if (entry && 'info' in entry) {
    warnClusterScope(call, progress, entry.info);
    try {
      const gone = deleteOne(call, entry.info, settings);
      if (gone) doomed.push(gone);
    } catch (error) {
      errors.push(packError(asCommandError(error)));
    }
  }
  return { ...progress, next: progress.next + 1, errors, doomed };
}

function run(call: Call): Turn {
  if (writeRaw(call, 'DELETE')) return undefined;
  const settings = settingsOf(call);
  let progress = (call.progress as DeleteProgress | undefined) ?? begin(call, settings);
  if (progress.next < progress.entries.length) {
    progress = deleteNext(call, progress, settings);
    if (progress.next < progress.entries.length) return { progress, wakeMs: call.io.nowMs };
  }
  const errors = progress.errors
    .map(unpackError)
    .filter((error) => !settings.ignoreNotFound || !isRefusal(error, 'NotFound'));
  throwAll(errors);
  if (!progress.entries.some((entry) => 'info' in entry)) call.out('No resources found\n');
  if (!call.flags.bool('wait') || settings.dryRun !== 'none') return undefined;
  return awaitEnd(call, progress);
}

/** Those to wait for; who may not look does not wait. */
function awaited(call: Call, doomed: readonly Doomed[]): Doomed[] {
  try {
    return stillThere(call, doomed);
  } catch (error) {
    if (isRefusal(error, 'Forbidden')) return [];
    throw error;
  }
}

function awaitEnd(call: Call, progress: DeleteProgress): Turn {
  const [first, ...others] = awaited(call, progress.doomed);
  if (!first) return undefined;
  const { nowMs } = call.io;
  const deadlineMs = call.process.startedMs + (call.flags.ms('timeout') || FOREVER_MS);
  if (nowMs >= deadlineMs)
    throw new KubectlError(`timed out waiting for the condition on ${first.plural}/${first.name}`);
  return { progress: { ...progress, doomed: [first, ...others] }, wakeMs: Math.min(nowMs + pollMs(call), deadlineMs) };
}

/** How long until a waiting command looks again: often at first, as a watch would tell, then once a second. */
export function pollMs(call: Call): number {
  return call.io.nowMs - call.process.startedMs < 10_000 ? 100 : 1_000;
}

/** Flags of delete that replace has too. */
export const DELETE_FLAGS = [
  flag.bool('force'),
  { name: 'cascade', type: 'string', default: 'background', bare: 'background' } as const,
  flag.int('grace-period', -1),
  flag.duration('timeout'),
];

/** kubectl delete. */
export const deleteCommand: Command = {
  path: 'delete',
  use: 'delete ([-f FILENAME] | TYPE [(NAME | -l label | --all)])',
  flags: [
    ...FILENAME,
    ...SELECTOR,
    ...FIELD_SELECTOR,
    ...DRY_RUN,
    ...DELETE_FLAGS,
    flag.bool('wait', undefined, true),
    flag.bool('all'),
    flag.bool('all-namespaces', 'A'),
    flag.bool('now'),
    flag.bool('ignore-not-found'),
    flag.bool('interactive', 'i'),
    flag.text('output', 'o'),
    flag.text('raw'),
  ],
  run,
};
