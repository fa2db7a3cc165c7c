/**
 * kubectl apply: creates what isn't there and patches the rest so that what the manifest says holds, what it stopped saying goes, and what
 * others added stays. One document, one step. Server-side apply is in apply-server-side.ts.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/apply/{apply,patcher}.go.
 */
import { goJson } from '../../engine/api/go-text';
import type { KubeObject } from '../../engine/api/meta';
import { applyPatch, type Patch } from '../../engine/api/patch/patch';
import { StatusError } from '../../engine/api/status-error';
import { overwriteConflict, withoutPatch } from '../apply-overwrite';
import { applyPatchOf } from '../apply-patch';
import type { Call, Command, Progress, Turn } from '../command';
import { type DryRun, dryRunOf, fieldValidationOf, validatedWrite } from '../dry-run';
import {
  asCommandError,
  KubectlError,
  type PackedError,
  packError,
  throwAll,
  unpackError,
  usageError,
  withSource,
} from '../errors';
import { DRY_RUN, FIELD_MANAGER, FILENAME, flag, OUTPUT, RECORD, SELECTOR, VALIDATE } from '../flag-sets';
import { matchingSelector } from '../label-filter';
import { LAST_APPLIED, lastAppliedText, withLastApplied, withoutNulls, withoutVersion } from '../last-applied';
import { renderOutput } from '../output/output';
import { outputFormat, printResult, strictKeysOf } from '../output-format';
import { recorded } from '../record';
import { longName } from '../rest-mapping';
import { current, type Info, select, settle } from '../selection';
import { deleteForReplacement, isForced, type Replaced, replacement } from './apply-force';
import { applyOnServer, warnIfDeleting } from './apply-server-side';
import { checkPruneFlags, prune, prunedKinds } from './prune';

interface ApplyProgress extends Progress {
  readonly infos: readonly Info[];
  readonly next: number;
  readonly errors: readonly PackedError[];
  /** What was applied, for `-o yaml` and for what is pruned. */
  readonly applied: readonly KubeObject[];
  /** What `--force` deleted, while its end is awaited. */
  readonly replaced?: Replaced;
}

function requireFile(call: Call): void {
  if (call.flags.list('filename').length === 0 && !call.flags.text('kustomize')) {
    throw new KubectlError('must specify one of -f and -k');
  }
}

function validateFlags(call: Call, dryRun: DryRun): void {
  const { flags } = call;
  const serverSide = flags.bool('server-side');
  if (flags.bool('force-conflicts') && !serverSide) {
    throw new KubectlError('--force-conflicts only works with --server-side');
  }
  if (dryRun === 'client' && serverSide) {
    throw new KubectlError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  }
  if (serverSide && flags.bool('force')) throw new KubectlError('--force cannot be used with --server-side');
  if (dryRun === 'server' && flags.bool('force'))
    throw new KubectlError('--dry-run=server cannot be used with --force');
  if (flags.bool('all') && flags.text('selector')) {
    throw new KubectlError('cannot set --all and --selector at the same time');
  }
  if (flags.bool('prune')) {
    checkPruneFlags(call);
    prunedKinds(call);
  }
}

function begin(call: Call): ApplyProgress {
  if (call.args.length > 0) throw usageError('apply', `Unexpected args: [${call.args.join(' ')}]`);
  const dryRun = dryRunOf(call);
  requireFile(call);
  validateFlags(call, dryRun);
  fieldValidationOf(call);
  const { infos, errors } = settle(select(call, { files: true, continueOnError: true }));
  const wanted = infos.filter(matchingSelector(call.flags.text('selector')));
  if (wanted.length === 0 && errors.length === 0) throw new KubectlError('no objects passed to apply');
  return { infos: wanted, next: 0, errors: errors.map(packError), applied: [] };
}

function run(call: Call): Turn {
  const progress = (call.progress as ApplyProgress | undefined) ?? begin(call);
  const info = progress.infos[progress.next];
  const errors = [...progress.errors];
  const applied = [...progress.applied];
  if (info) {
    try {
      const result = progress.replaced ? replaceOne(call, info, progress.replaced) : applyOne(call, info);
      if (isWaiting(result)) {
        const { replaced, waitMs } = result;
        return { progress: { ...progress, errors, applied, replaced }, wakeMs: call.io.nowMs + waitMs };
      }
      applied.push(result);
    } catch (error) {
      errors.push(packError(asCommandError(error)));
    }
  }
  const next = progress.next + 1;
  if (next < progress.infos.length) {
    return { progress: { infos: progress.infos, next, errors, applied }, wakeMs: call.io.nowMs };
  }
  throwAll(errors.map(unpackError));
  printApplied(call, applied);
  if (call.flags.bool('prune')) prune(call, applied, dryRunOf(call));
  return undefined;
}

function printApplied(call: Call, applied: readonly KubeObject[]): void {
  const output = outputFormat(call);
  if (!output || output.format === 'name' || applied.length === 0) return;
  const options = { asList: applied.length > 1, strictKeys: strictKeysOf(call) };
  call.out(renderOutput(output.format, output.template, applied, options));
}

/** What was deleted, and how long to wait until the next look whether it is gone. */
interface Waiting {
  readonly replaced: Replaced;
  readonly waitMs: number;
}

const isWaiting = (result: KubeObject | Waiting): result is Waiting => 'waitMs' in result;

const isReplaced = (result: KubeObject | Applied | Replaced): result is Replaced => 'sinceMs' in result;

/** Goes on with an object that `--force` deleted. */
function replaceOne(call: Call, info: Info, replaced: Replaced): KubeObject | Waiting {
  const made = replacement(call, info, replaced);
  return typeof made === 'number' ? { replaced, waitMs: made } : said(call, [made, 'configured'], 'none');
}

/** Applies one object, says what became of it unless `-o` prints the objects at the end, and returns it. */
function applyOne(call: Call, given: Info): KubeObject | Waiting {
  const info = { ...given, object: recorded(call, given.object as KubeObject) };
  const generateName = info.object.metadata.generateName;
  if (info.name === '' && generateName) {
    throw new KubectlError(`from ${generateName}: cannot use generate name with apply`);
  }
  const dryRun = dryRunOf(call);
  const result: Applied | Replaced = call.flags.bool('server-side')
    ? [applyOnServer(call, info, dryRun), 'serverside-applied']
    : applyOnClient(call, info, dryRun);
  return isReplaced(result) ? replaceOne(call, info, result) : said(call, result, dryRun);
}

function said(call: Call, [object, operation]: Applied, dryRun: DryRun): KubeObject {
  const output = outputFormat(call);
  if (!output || output.format === 'name') printResult(call, object, operation, dryRun);
  return object;
}

type Applied = readonly [object: KubeObject, operation: string];

/** Why an object could not be had that a manifest is compared with. */
export function notRetrieved({ mapping, namespace, name, source }: Info, error: unknown): Error {
  const verb = `retrieving current configuration of:\n${longName(mapping, namespace, name)}\nfrom server for:`;
  return withSource(verb, source, asCommandError(error));
}

function applyOnClient(call: Call, info: Info, dryRun: DryRun): Applied | Replaced {
  let live: KubeObject | undefined;
  try {
    live = current(call, info);
  } catch (error) {
    throw notRetrieved(info, error);
  }
  return live ? patchLive(call, info, live, dryRun) : createNew(call, info, dryRun);
}

function createNew(call: Call, info: Info, dryRun: DryRun): Applied {
  const object = withoutNulls(withLastApplied(info.object as KubeObject)) as KubeObject;
  if (dryRun === 'client') return [object, 'created'];
  let made: KubeObject;
  try {
    made = call.io.client.create(withoutVersion(object), validatedWrite(call, dryRun));
  } catch (error) {
    throw withSource('creating', info.source, asCommandError(error));
  }
  return [withMetadata(made), 'created'];
}

/** What kubectl then knows as the object. The status that answers a Binding, which is made by now, is none. */
function withMetadata(made: KubeObject): KubeObject {
  if (made.kind === 'Status') throw new KubectlError('object does not implement the Object interfaces');
  return made;
}

function patchLive(call: Call, info: Info, live: KubeObject, dryRun: DryRun): Applied | Replaced {
  if (lastAppliedText(live) === undefined) {
    const name = `${info.mapping.plural}/${info.name}`;
    call.err(
      `Warning: resource ${name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply ` +
        'should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. ' +
        'The missing annotation will be patched automatically.\n',
    );
  }
  const modified = withLastApplied(info.object as KubeObject);
  const patch = patchOf(call, info, live, modified);
  const patched = patch ? patchWith(call, info, live, patch, dryRun) : live;
  if (isReplaced(patched)) return patched;
  warnIfDeleting(call, patched);
  return [patched, patch ? 'configured' : 'unchanged'];
}

function whenApplying(patch: string, info: Info, error: Error): Error {
  const verb = `applying patch:\n${patch}\nto:\n${longName(info.mapping, info.namespace, info.name)}\nfor:`;
  return withSource(verb, info.source, withSource('patching', info.source, error));
}

function patchOf(call: Call, info: Info, live: KubeObject, modified: KubeObject): Patch | undefined {
  const refuse = (reason: string): never => {
    const { warning, error } = withoutPatch(live, modified, reason);
    call.err(warning);
    throw whenApplying('', info, new KubectlError(error));
  };
  let patch: ReturnType<typeof applyPatchOf>;
  try {
    patch = applyPatchOf(info.mapping, live, modified);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    refuse(error.message);
  }
  const conflict =
    patch && !info.mapping.schema && !call.flags.bool('overwrite') && overwriteConflict(live, patch.body);
  if (conflict) refuse(conflict);
  return patch;
}

function patchWith(call: Call, info: Info, live: KubeObject, patch: Patch, dryRun: DryRun): KubeObject | Replaced {
  try {
    if (dryRun === 'client') return applyPatch(live, patch) as KubeObject;
    return call.io.client.patch(info.mapping.id, info.namespace, info.name, patch, validatedWrite(call, dryRun));
  } catch (error) {
    if (isForced(call, error)) return deleteForReplacement(call, info, live);
    throw whenApplying(goJson(patch.body), info, asCommandError(error));
  }
}

/** kubectl apply. */
export const apply: Command = {
  path: 'apply',
  use: 'apply (-f FILENAME | -k DIRECTORY)',
  flags: [
    ...FILENAME,
    ...SELECTOR,
    ...DRY_RUN,
    ...OUTPUT,
    ...RECORD,
    ...VALIDATE,
    ...FIELD_MANAGER,
    ...['server-side', 'force-conflicts', 'force', 'prune'].map((name) => flag.bool(name)),
    flag.bool('all'),
    flag.bool('overwrite', undefined, true),
    flag.harmless(flag.bool('openapi-patch', undefined, true), 'the patch is the same'),
    flag.harmless(flag.bool('wait'), 'pruning does not wait'),
    { name: 'cascade', type: 'string', default: 'background', bare: 'background' },
    flag.int('grace-period', -1),
    flag.duration('timeout'),
    flag.array('prune-allowlist'),
    flag.idle(flag.text('subresource'), 'apply sends whole objects here'),
  ],
  run,
};
