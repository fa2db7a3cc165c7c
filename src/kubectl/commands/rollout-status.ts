/**
 * kubectl rollout status: follows an object's changes until its rollout is over.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/rollout/rollout_status.go: one line per change that the watch delivers.
 */
import type { KubeObject } from '../../engine/api/meta';
import type { Call, Command, Progress, Turn } from '../command';
import { asCommandError, KubectlError, type PackedError, packError, throwAll, unpackError } from '../errors';
import { FILENAME, flag, SELECTOR } from '../flag-sets';
import { rolloutState } from '../rollout-progress';
import { type Info, namespaceOf, select, settle, standardQuery } from '../selection';

interface StatusProgress extends Progress {
  readonly infos: readonly Info[];
  readonly next: number;
  readonly errors: readonly PackedError[];
  /** The version of the last change that was printed, and since when this object is watched. */
  readonly seenVersion?: string;
  readonly sinceMs?: number;
}

function begin(call: Call): StatusProgress {
  requireResource(call);
  const revision = call.flags.int('revision');
  if (revision < 0) throw new KubectlError(`revision must be a positive integer: ${revision}`);
  const query = { ...standardQuery(call, call.args, true), latest: true, nameless: true };
  const { infos, errors } = settle(select(call, query));
  return { infos, next: 0, errors: errors.map(packError) };
}

/** Every rollout command needs to know of what. */
export function requireResource(call: Call): void {
  if (call.args.length === 0 && call.flags.list('filename').length === 0) {
    throw new KubectlError('required resource not specified');
  }
}

/** The changes to look at: what the watch delivered after the last one printed, or at first the object as it is. */
function changesOf(call: Call, progress: StatusProgress, info: Info): readonly (KubeObject | null)[] {
  if (info.name === '') return [info.object ?? null];
  if (progress.seenVersion === undefined) {
    return [call.io.client.find(info.mapping.id, info.namespace, info.name) ?? null];
  }
  const seen = Number(progress.seenVersion);
  return (call.io.seen ?? []).filter(({ revision }) => revision > seen).map(({ value }) => value ?? null);
}

/** Prints what is new; true when the rollout is over. */
function printChanges(call: Call, changes: readonly (KubeObject | null)[]): boolean {
  for (const change of changes) {
    if (!change) throw new KubectlError('object has been deleted');
    const { text, done } = rolloutState(change, call.flags.int('revision'));
    call.out(text);
    if (done || !call.flags.bool('watch')) return true;
  }
  return false;
}

function nextObject(progress: StatusProgress, error?: Error): StatusProgress {
  const errors = error ? [...progress.errors, packError(error)] : progress.errors;
  return { infos: progress.infos, next: progress.next + 1, errors };
}

/** Looks at the present object; undefined when it has to be waited for. */
function follow(call: Call, progress: StatusProgress, info: Info): StatusProgress | Turn {
  const sinceMs = progress.sinceMs ?? call.io.nowMs;
  const timeoutMs = call.flags.ms('timeout');
  try {
    const changes = changesOf(call, progress, info);
    if (printChanges(call, changes)) return nextObject(progress);
    if (timeoutMs > 0 && call.io.nowMs >= sinceMs + timeoutMs)
      throw new KubectlError('timed out waiting for the condition');
    const seenVersion = changes.at(-1)?.metadata.resourceVersion ?? progress.seenVersion ?? '0';
    const watch = { kind: info.mapping.id, namespace: info.namespace, name: info.name };
    const wake = timeoutMs > 0 ? { wakeMs: sinceMs + timeoutMs } : {};
    return { progress: { ...progress, seenVersion, sinceMs }, watch, ...wake };
  } catch (error) {
    return nextObject(progress, asCommandError(error));
  }
}

function isProgress(value: StatusProgress | Turn): value is StatusProgress {
  return value !== undefined && 'infos' in value;
}

function run(call: Call): Turn {
  let progress = (call.progress as StatusProgress | undefined) ?? begin(call);
  if (progress.infos.length === 0 && progress.errors.length === 0) {
    call.err(`No resources found in ${namespaceOf(call)} namespace.\n`);
  }
  while (progress.next < progress.infos.length) {
    const outcome = follow(call, progress, progress.infos[progress.next] as Info);
    if (!isProgress(outcome)) return outcome;
    progress = outcome;
  }
  throwAll(progress.errors.map(unpackError));
  return undefined;
}

/** kubectl rollout status. */
export const rolloutStatus: Command = {
  path: 'rollout status',
  reads: true,
  use: 'rollout status (TYPE NAME | TYPE/NAME) [flags]',
  flags: [...FILENAME, ...SELECTOR, flag.bool('watch', 'w', true), flag.int('revision'), flag.duration('timeout')],
  run,
};
