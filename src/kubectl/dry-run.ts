/** `--dry-run` as kubectl reads it. Follows GetDryRunStrategy in staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go. */
import type { Call } from './command';
import { KubectlError } from './errors';
import { parseBool } from './flags';

/** Whether a command changes anything, and where that is decided. */
export type DryRun = 'none' | 'client' | 'server';

/** The dry run asked for; old forms of the flag draw a warning. */
export function dryRunOf(call: Call): DryRun {
  const text = call.flags.text('dry-run') || 'none';
  if (text === 'none' || text === 'client' || text === 'server') return text;
  const value = text === 'unchanged' ? true : parseBool(text);
  if (value === undefined) {
    throw new KubectlError(`Invalid dry-run value (${text}). Must be "none", "server", or "client".`);
  }
  const meant = value ? 'client' : 'none';
  const old = text === 'unchanged' ? '--dry-run is deprecated' : `--dry-run=${text} is deprecated (boolean value)`;
  if (!call.progress)
    call.err(`W0101 00:00:00.000000       1 helpers.go:1] ${old} and can be replaced with --dry-run=${meant}.\n`);
  return meant;
}

/** Options of a write under this dry run. */
export function writeOptions(dryRun: DryRun): { dryRun?: boolean } {
  return dryRun === 'server' ? { dryRun: true } : {};
}

/** What kubectl appends to its answer. */
export function dryRunSuffix(dryRun: DryRun): string {
  if (dryRun === 'none') return '';
  return dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
}
