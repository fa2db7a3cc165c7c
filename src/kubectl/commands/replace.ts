/** kubectl replace, also with --force. Follows staging/src/k8s.io/kubectl/pkg/cmd/replace/replace.go. */
import type { KubeObject } from '../../engine/api/meta';
import type { Call, Command, Progress, Turn } from '../command';
import { dryRunOf, fieldValidationOf, validatedWrite } from '../dry-run';
import { asCommandError, isRefusal, KubectlError, throwAll, withSource } from '../errors';
import { DRY_RUN, FIELD_MANAGER, FILENAME, flag, OUTPUT, RECORD, SAVE_CONFIG, VALIDATE } from '../flag-sets';
import { withLastApplied } from '../last-applied';
import { printResult } from '../output-format';
import { writeRaw } from '../raw-write';
import { recorded } from '../record';
import { refuseBadName } from '../refusals';
import { type Info, select, settle, visit } from '../selection';
import { cascadePolicy, DELETE_FLAGS, type Doomed, deleteOne, pollMs, stillThere } from './delete';

interface ReplaceProgress extends Progress {
  readonly infos: readonly Info[];
  readonly doomed: readonly Doomed[];
}

const FORCE_TIMEOUT_MS = 5 * 60_000;

function validate(call: Call): void {
  const { flags } = call;
  const force = flags.bool('force');
  if (flags.list('filename').length === 0) throw new KubectlError('must specify one of -f and -k');
  if (flags.int('grace-period') >= 0 && !force) throw new KubectlError('--grace-period must have --force specified');
  if (flags.ms('timeout') !== 0 && !force) throw new KubectlError('--timeout must have --force specified');
  if (force && dryRunOf(call) !== 'none') throw new KubectlError('--dry-run can not be used when --force is set');
  fieldValidationOf(call);
}

function prepared(call: Call, info: Info): KubeObject {
  const object = info.object as KubeObject;
  return recorded(call, call.flags.bool('save-config') ? withLastApplied(object) : object);
}

/** The object with the version that is stored now, so that a replace overwrites whatever is there. */
function versioned(call: Call, info: Info, object: KubeObject): KubeObject {
  if (object.metadata.resourceVersion) return object;
  const live = call.io.client.find(info.mapping.id, info.namespace, info.name);
  const resourceVersion = live?.metadata.resourceVersion;
  return resourceVersion ? { ...object, metadata: { ...object.metadata, resourceVersion } } : object;
}

function replaceOne(call: Call, info: Info): void {
  const dryRun = dryRunOf(call);
  const object = prepared(call, info);
  if (dryRun === 'client') {
    printResult(call, object, 'replaced', dryRun);
    return;
  }
  let replaced: KubeObject;
  try {
    refuseBadName(info.name);
    const options = validatedWrite(call, dryRun);
    const wanted = versioned(call, info, object);
    const isStatus = call.flags.text('subresource') === 'status';
    replaced = isStatus ? call.io.client.updateStatus(wanted, options) : call.io.client.update(wanted, options);
  } catch (error) {
    throw withSource('replacing', info.source, asCommandError(error));
  }
  printResult(call, replaced, 'replaced', dryRun);
}

function beginForce(call: Call): ReplaceProgress {
  const { infos, errors } = settle(select(call, { args: call.args, files: true }));
  throwAll(errors);
  const requested = call.flags.int('grace-period');
  const gracePeriodSeconds = requested === 0 ? 1 : requested;
  const settings = { gracePeriodSeconds, policy: cascadePolicy(call), dryRun: 'none', ignoreNotFound: true } as const;
  const doomed: Doomed[] = [];
  for (const info of infos) {
    try {
      const gone = deleteOne(call, info, settings);
      if (gone) doomed.push(gone);
    } catch (error) {
      const refused = asCommandError(error);
      if (!isRefusal(refused, 'NotFound')) throw refused;
    }
  }
  return { infos, doomed };
}

function recreate(call: Call, infos: readonly Info[]): void {
  for (const info of infos) {
    const { resourceVersion: _version, ...metadata } = prepared(call, info).metadata;
    const created = call.io.client.create({ ...prepared(call, info), metadata });
    printResult(call, created, 'replaced');
  }
  if (infos.length > 0) return;
  // Its deletion says so before.
  call.out('No resources found\n');
  throw new KubectlError('no objects passed to replace');
}

function runForce(call: Call): Turn {
  const progress = (call.progress as ReplaceProgress | undefined) ?? beginForce(call);
  const { nowMs } = call.io;
  if (stillThere(call, progress.doomed).length > 0) {
    const deadlineMs = call.process.startedMs + (call.flags.ms('timeout') || FORCE_TIMEOUT_MS);
    if (nowMs >= deadlineMs) throw new KubectlError('timed out waiting for the condition');
    return { progress, wakeMs: Math.min(nowMs + pollMs(call), deadlineMs) };
  }
  recreate(call, progress.infos);
  return undefined;
}

function run(call: Call): Turn {
  if (writeRaw(call, 'PUT')) return undefined;
  validate(call);
  if (call.flags.bool('force')) return runForce(call);
  visit(select(call, { files: true, continueOnError: true }), (info) => replaceOne(call, info));
  return undefined;
}

/** kubectl replace. */
export const replace: Command = {
  path: 'replace',
  use: 'replace -f FILENAME',
  flags: [
    ...FILENAME,
    ...DRY_RUN,
    ...OUTPUT,
    ...RECORD,
    ...VALIDATE,
    ...SAVE_CONFIG,
    ...FIELD_MANAGER,
    ...DELETE_FLAGS,
    flag.bool('wait'),
    flag.text('raw'),
    flag.text('subresource'),
  ],
  run,
};
