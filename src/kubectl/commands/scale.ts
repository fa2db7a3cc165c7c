/** kubectl scale. Follows staging/src/k8s.io/kubectl/pkg/cmd/scale/scale.go and pkg/scale/scale.go. */

import { DEFAULT_SCALE, replicasOf, scaleStatusOf, withReplicas } from '../../engine/api/custom-resources/scale';
import type { KubeObject } from '../../engine/api/meta';
import type { Call, Command, Progress, Turn } from '../command';
import { dryRunOf, writeOptions } from '../dry-run';
import { KubectlError, type PackedError, packError, throwAll, unpackError } from '../errors';
import { DRY_RUN, FILENAME, flag, OUTPUT, RECORD, SELECTOR } from '../flag-sets';
import { printResult } from '../output-format';
import { CHANGE_CAUSE, changeCause } from '../record';
import { notFound, refuseBadName } from '../refusals';
import { type Info, select, settle, standardQuery } from '../selection';
import { noPart } from './patch';

/** The size an object wants to have. */
function sizeOf({ mapping }: Info, object: KubeObject): number | undefined {
  return replicasOf(object, mapping.scale ?? DEFAULT_SCALE);
}

interface ScaleProgress extends Progress {
  readonly infos: readonly Info[];
  readonly next: number;
  readonly errors: readonly PackedError[];
  /** Set when the last write has happened and its effect is awaited. */
  readonly waitingSinceMs?: number;
}

function validate(call: Call): void {
  if (call.flags.int('replicas') < 0) {
    throw new KubectlError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
  }
  if (call.flags.int('current-replicas') < -1) {
    throw new KubectlError('The --current-replicas must specify an integer of -1 or greater');
  }
}

function begin(call: Call): ScaleProgress {
  validate(call);
  const query = standardQuery(call, call.args, call.flags.bool('all'));
  const { infos, errors } = settle(select(call, query));
  if (call.flags.text('resource-version') && infos.length > 1) {
    throw new KubectlError('cannot use --resource-version with multiple resources');
  }
  if (infos.length === 0) {
    throwAll(errors);
    throw new KubectlError('no objects passed to scale');
  }
  return { infos, next: 0, errors: errors.map(packError) };
}

function checkPreconditions(call: Call, info: Info): string | undefined {
  const size = call.flags.int('current-replicas');
  const version = call.flags.text('resource-version');
  if (size === -1 && version === '') return undefined;
  const live = call.io.client.get(info.mapping.id, info.namespace, info.name);
  const replicas = sizeOf(info, live) ?? 0;
  const actual = live.metadata.resourceVersion ?? '';
  if (size !== -1 && replicas !== size) {
    throw new KubectlError(`Expected replicas to be ${size}, was ${replicas}`);
  }
  if (version !== '' && actual !== version) {
    throw new KubectlError(`Expected resource version to be ${version}, was ${actual}`);
  }
  return actual;
}

function scaleOne(call: Call, info: Info): void {
  const dryRun = dryRunOf(call);
  const replicas = call.flags.int('replicas');
  const { client } = call.io;
  const { id, scale } = info.mapping;
  const object = info.object as KubeObject;
  const scaled = withReplicas(object, scale ?? DEFAULT_SCALE, replicas);
  if (dryRun === 'client') {
    printResult(call, scaled, 'scaled', dryRun);
    return;
  }
  refuseBadName(info.name);
  if (!scale) throw notFound(noPart(info.mapping, info.name));
  const version = checkPreconditions(call, info);
  const options = writeOptions(dryRun);
  if (version !== undefined) client.scale(id, info.namespace, info.name, replicas, version, options);
  else {
    const patch = { type: 'merge', body: { spec: { replicas } } } as const;
    client.patch(id, info.namespace, info.name, patch, { ...options, subresource: 'scale' });
  }
  const cause = changeCause(call);
  if (cause !== undefined && dryRun === 'none') {
    const body = { metadata: { annotations: { [CHANGE_CAUSE]: cause } } };
    client.patch(id, info.namespace, info.name, { type: 'merge', body });
  }
  printResult(call, scaled, 'scaled', dryRun);
}

/** True when the object has reached its size, or was given another one meanwhile. */
function isSynced(call: Call, info: Info): boolean {
  const live = call.io.client.get(info.mapping.id, info.namespace, info.name);
  const wanted = call.flags.int('replicas');
  return sizeOf(info, live) !== wanted || scaleStatusOf(live, info.mapping.scale ?? DEFAULT_SCALE).replicas === wanted;
}

function waitForSize(call: Call, progress: ScaleProgress, info: Info): Turn {
  const { nowMs } = call.io;
  const sinceMs = progress.waitingSinceMs ?? nowMs;
  if (isSynced(call, info)) return undefined;
  if (nowMs - sinceMs >= call.flags.ms('timeout')) {
    throw new KubectlError(`timed out waiting for ${JSON.stringify(info.name)} to be synced`);
  }
  return { progress: { ...progress, waitingSinceMs: sinceMs }, wakeMs: nowMs + 1_000 };
}

function run(call: Call): Turn {
  const progress = (call.progress as ScaleProgress | undefined) ?? begin(call);
  const info = progress.infos[progress.next] as Info;
  if (progress.waitingSinceMs === undefined) scaleOne(call, info);
  if (call.flags.ms('timeout') > 0 && dryRunOf(call) === 'none') {
    const waiting = waitForSize(call, progress, info);
    if (waiting) return waiting;
  }
  const next = progress.next + 1;
  if (next < progress.infos.length) {
    const { infos, errors } = progress;
    return { progress: { infos, errors, next }, wakeMs: call.io.nowMs };
  }
  throwAll(progress.errors.map(unpackError));
  return undefined;
}

/** kubectl scale. */
export const scale: Command = {
  path: 'scale',
  use: 'scale [--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)',
  flags: [
    ...FILENAME,
    ...SELECTOR,
    ...DRY_RUN,
    ...OUTPUT,
    ...RECORD,
    flag.bool('all'),
    flag.text('resource-version'),
    flag.int('current-replicas', -1),
    flag.required(flag.int('replicas')),
    flag.duration('timeout'),
  ],
  run,
};
