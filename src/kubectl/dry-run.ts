/** `--dry-run` and `--validate` as kubectl reads them. Follows GetDryRunStrategy and GetValidationDirective in staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go. */
import type { FieldValidation } from '../engine/api/request';
import type { Call } from './command';
import { KubectlError } from './errors';
import { parseBool } from './flags';

/** Whether a command changes anything, and where that is decided. */
export type DryRun = 'none' | 'client' | 'server';

/** The dry run asked for. */
export function dryRunOf({ flags }: Call): DryRun {
  const text = flags.text('dry-run') || 'none';
  if (text === 'none' || text === 'client' || text === 'server') return text;
  const value = text === 'unchanged' ? true : parseBool(text);
  if (value === undefined) {
    throw new KubectlError(`Invalid dry-run value (${text}). Must be "none", "server", or "client".`);
  }
  return value ? 'client' : 'none';
}

/** Looks at `--dry-run` once, before a command does anything: old forms draw a warning, others are refused. */
export function checkDryRun(call: Call): void {
  if (!call.flags.given('dry-run')) return;
  const text = call.flags.text('dry-run') || 'none';
  const meant = dryRunOf(call);
  if (text === meant || text === 'server') return;
  const old = text === 'unchanged' ? '--dry-run is deprecated' : `--dry-run=${text} is deprecated (boolean value)`;
  call.err(`W0101 00:00:00.000000       1 helpers.go:719] ${old} and can be replaced with --dry-run=${meant}.\n`);
}

/** `--validate` as the API server is told. Throws for a value that it can't have. */
export function fieldValidationOf(call: Call): FieldValidation {
  const text = call.flags.text('validate');
  switch (text.toLowerCase()) {
    case 'strict':
      return 'Strict';
    case 'warn':
      return 'Warn';
    case 'ignore':
      return 'Ignore';
  }
  const value = text === '' ? true : parseBool(text);
  if (value !== undefined) return value ? 'Strict' : 'Ignore';
  throw new KubectlError(
    `invalid - validate option ${JSON.stringify(text)}; must be one of: strict (or true), warn, ignore (or false)`,
  );
}

/** Options of a write of what a manifest says. */
export function validatedWrite(call: Call, dryRun: DryRun): { dryRun?: boolean; fieldValidation: FieldValidation } {
  return { ...writeOptions(dryRun), fieldValidation: fieldValidationOf(call) };
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
