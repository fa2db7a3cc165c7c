/**
 * kubectl apply --force: what can't be changed is deleted and made anew; the command waits for its end, a second at a time.
 * Follows deleteAndCreate in staging/src/k8s.io/kubectl/pkg/cmd/apply/patcher.go, which without --timeout looks once.
 */
import { goJson } from '../../engine/api/go-text';
import type { KubeObject } from '../../engine/api/meta';
import type { Call } from '../command';
import { asCommandError, isRefusal, KubectlError, withSource } from '../errors';
import { withLastApplied, withoutVersion } from '../last-applied';
import { longName } from '../rest-mapping';
import type { Info } from '../selection';
import { cascadePolicy } from './delete';

/** An object whose end is awaited, so that its successor can be made. */
export interface Replaced {
  readonly before: KubeObject;
  readonly sinceMs: number;
}

const POLL_MS = 1000;

/** Whether `--force` answers this refusal. */
export function isForced(call: Call, error: unknown): boolean {
  return call.flags.bool('force') && (isRefusal(error, 'Conflict') || isRefusal(error, 'Invalid'));
}

/** Deletes what is there. */
export function deleteForReplacement(call: Call, info: Info, before: KubeObject): Replaced {
  const gracePeriodSeconds = call.flags.int('grace-period');
  call.io.client.delete(info.mapping.id, info.namespace, info.name, {
    propagationPolicy: cascadePolicy(call),
    ...(gracePeriodSeconds >= 0 ? { gracePeriodSeconds } : {}),
  });
  return { before, sinceMs: call.io.nowMs };
}

/** The new object; how many ms to wait when the old one is still there. Throws when that took too long, or the new one is refused. */
export function replacement(call: Call, info: Info, { before, sinceMs }: Replaced): KubeObject | number {
  const modified = withLastApplied(info.object as KubeObject);
  try {
    const isGone = !call.io.client.find(info.mapping.id, info.namespace, info.name);
    if (isGone) return create(call, modified, before);
    if (call.io.nowMs >= sinceMs + call.flags.ms('timeout')) throw new KubectlError('context deadline exceeded');
    return Math.min(POLL_MS, sinceMs + call.flags.ms('timeout') - call.io.nowMs);
  } catch (error) {
    const verb = `applying patch:\n${goJson(modified)}\nto:\n${longName(info.mapping, info.namespace, info.name)}\nfor:`;
    throw withSource(verb, info.source, asCommandError(error));
  }
}

/** Makes the new object, or puts the old one back. */
function create(call: Call, modified: KubeObject, before: KubeObject): KubeObject {
  const { client } = call.io;
  try {
    return client.create(withoutVersion(modified));
  } catch (error) {
    try {
      client.create(withoutVersion(before));
    } catch (second) {
      throw new KubectlError(
        `An error occurred force-replacing the existing object with the newly provided one:\n\n${asCommandError(error).message}.\n\n` +
          `Additionally, an error occurred attempting to restore the original object:\n\n${asCommandError(second).message}`,
      );
    }
    throw error;
  }
}
