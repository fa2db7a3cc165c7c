/**
 * kubectl diff: what an apply would change, as `diff -u -N` of two directories prints it; exit code 1 when anything would.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/diff/diff.go. The directories, LIVE-<time> and MERGED-<time>, are only names.
 */
import type { KubeObject } from '../../engine/api/meta';
import { applyPatchOf } from '../apply-patch';
import type { Call, Command, Turn } from '../command';
import { fieldValidationOf } from '../dry-run';
import { asCommandError, describeError, KubectlError, usageError } from '../errors';
import { withoutManagedFields } from '../field-owner';
import { FIELD_MANAGER, FILENAME, flag, SELECTOR, VALIDATE } from '../flag-sets';
import { matchingSelector } from '../label-filter';
import { withoutNulls, withoutVersion } from '../last-applied';
import { yamlText } from '../output/yaml-text';
import { current, type Info, select, settle } from '../selection';
import { unifiedDiff } from '../unified-diff';
import { prunable } from './prune';

/** An object as it is and as it would be. */
interface Versions {
  readonly info: Info;
  readonly live: KubeObject | undefined;
  readonly merged: KubeObject | undefined;
}

function mergedOf(call: Call, info: Info, live: KubeObject | undefined): KubeObject {
  const { client } = call.io;
  const { id } = info.mapping;
  const given = info.object as KubeObject;
  const options = { dryRun: true, fieldValidation: fieldValidationOf(call) };
  if (call.flags.bool('server-side')) {
    const force = call.flags.bool('force-conflicts');
    return client.patch(id, info.namespace, info.name, { type: 'apply', body: given }, { ...options, force });
  }
  if (!live) return client.create(withoutVersion(withoutNulls(given) as KubeObject), options);
  const { metadata } = given;
  const modified = { ...given, metadata: { ...metadata, annotations: metadata.annotations ?? {} } };
  const patch = applyPatchOf(info.mapping, live, modified);
  return patch ? client.patch(id, info.namespace, info.name, patch, options) : live;
}

/** Values of Secrets are not shown, only whether they differ; one that is not there yet is what masking leaves of it, null. */
function masked(
  object: KubeObject | undefined,
  other: KubeObject | undefined,
  mark: string,
): KubeObject | null | undefined {
  if (!object && other?.kind === 'Secret') return null;
  const { data } = (object ?? {}) as { data?: Readonly<Record<string, string>> };
  if (object?.kind !== 'Secret' || !data) return object;
  const there = ((other ?? {}) as { data?: Readonly<Record<string, string>> }).data ?? {};
  const shown = Object.entries(data).map(([key, value]) => {
    const differs = Object.hasOwn(there, key) && there[key] !== value;
    return [key, differs ? `*** (${mark})` : '***'] as const;
  });
  return { ...object, data: Object.fromEntries(shown) } as KubeObject;
}

/** `apps.v1.Deployment.default.web`. */
function fileName({ mapping: { group, version, kind }, namespace, name }: Info): string {
  return `${group ? `${group}.` : ''}${version}.${kind}.${namespace ?? ''}.${name}`;
}

function textOf(call: Call, object: KubeObject | null | undefined): string {
  if (!object) return object === null ? 'null\n' : '';
  return yamlText(call.flags.bool('show-managed-fields') ? object : withoutManagedFields(object));
}

/** `2026-01-01 00:00:10.000000000 +0000`. */
function stamp({ io }: Call): string {
  return `${io.now.replace('T', ' ').replace('Z', '')}.000000000 +0000`;
}

function report(call: Call, { info, live, merged }: Versions): boolean {
  const isOpen = call.flags.bool('show-secrets');
  const [from, to] = isOpen ? [live, merged] : [masked(live, merged, 'before'), masked(merged, live, 'after')];
  const hunks = unifiedDiff(textOf(call, from), textOf(call, to));
  if (hunks === '') return false;
  const [before, after] = ['LIVE', 'MERGED'].map(
    (name) => `/tmp/${name}-${1_000_000 + call.io.nowMs}/${fileName(info)}`,
  );
  const time = stamp(call);
  call.out(`diff -u -N ${before} ${after}\n--- ${before}\t${time}\n+++ ${after}\t${time}\n${hunks}`);
  return true;
}

function differences(call: Call): boolean {
  if (call.args.length > 0) throw usageError('diff', `Unexpected args: [${call.args.join(' ')}]`);
  if (call.flags.bool('force-conflicts') && !call.flags.bool('server-side')) {
    throw new KubectlError('--force-conflicts only works with --server-side');
  }
  if (call.flags.list('filename').length === 0) throw new KubectlError('must specify one of -f and -k');
  const { infos, errors } = settle(select(call, { files: true, continueOnError: true }));
  const [first] = errors;
  if (first) throw first;
  const wanted = infos.filter(matchingSelector(call.flags.text('selector')));
  const versions: Versions[] = wanted.map((info) => {
    const live = current(call, info);
    return { info, live, merged: mergedOf(call, info, live) };
  });
  if (call.flags.bool('prune')) {
    const kept = new Set(versions.flatMap(({ live }) => live?.metadata.uid ?? []));
    const namespaces = [...new Set(wanted.flatMap(({ namespace }) => namespace ?? []))];
    for (const { info, object } of prunable(call, namespaces, kept))
      versions.push({ info, live: object, merged: undefined });
  }
  const order = (a: Versions, b: Versions): number => (fileName(a.info) < fileName(b.info) ? -1 : 1);
  return versions.sort(order).filter((each) => report(call, each)).length > 0;
}

function run(call: Call): Turn {
  try {
    return { code: differences(call) ? 1 : 0 };
  } catch (error) {
    // Code 1 says that something differs, so that errors count from 2.
    const { text, code } = describeError(asCommandError(error));
    call.err(text);
    return { code: code + 1 };
  }
}

/** kubectl diff. */
export const diff: Command = {
  path: 'diff',
  use: 'diff -f FILENAME',
  reads: true,
  flags: [
    ...FILENAME,
    ...SELECTOR,
    ...VALIDATE,
    ...FIELD_MANAGER,
    ...['server-side', 'force-conflicts', 'show-managed-fields', 'show-secrets', 'prune'].map((name) =>
      flag.bool(name),
    ),
    flag.array('prune-allowlist'),
    flag.harmless(flag.int('concurrency', 1), 'objects are compared at once'),
  ],
  run,
};
