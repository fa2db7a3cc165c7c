/**
 * `--record`: deprecated since 1.19, still obeyed. The command becomes the annotation kubernetes.io/change-cause.
 * Follows cli-runtime/pkg/genericclioptions/record_flags.go.
 */
import type { KubeObject } from '../engine/api/meta';
import type { Call } from './command';

/** Where the cause of a change is kept; ReplicaSets inherit it from their Deployment. */
export const CHANGE_CAUSE = 'kubernetes.io/change-cause';

/** The annotation to set, or undefined without `--record`. */
export function changeCause(call: Call): string | undefined {
  if (!call.flags.bool('record')) return undefined;
  const flags = call.flags.order.map(({ name, value }) => `--${name}=${value}`);
  return ['kubectl', call.command.path, ...call.args, ...flags].join(' ');
}

/** The object with its change cause, or the same object without `--record`. */
export function recorded<T extends KubeObject>(call: Call, object: T): T {
  const cause = changeCause(call);
  if (cause === undefined) return object;
  const annotations = { ...object.metadata.annotations, [CHANGE_CAUSE]: cause };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
