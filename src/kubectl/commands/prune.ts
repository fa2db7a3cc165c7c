/**
 * `--prune`: what was applied before and is not in the files any more. Follows staging/src/k8s.io/kubectl/pkg/cmd/apply/prune.go and
 * pkg/util/prune/prune.go; namespaces in the order of the files.
 */
import type { KindDefinition } from '../../engine/api/kinds/definition';
import type { KubeObject } from '../../engine/api/meta';
import type { PropagationPolicy } from '../../engine/client/client';
import type { Call } from '../command';
import { type DryRun, writeOptions } from '../dry-run';
import { KubectlError } from '../errors';
import { LAST_APPLIED } from '../last-applied';
import { printResult } from '../output-format';
import { type Info, infoOf } from '../selection';

const NAMESPACED =
  'v1/ConfigMap v1/Endpoints v1/PersistentVolumeClaim v1/Pod v1/ReplicationController v1/Secret v1/Service batch/v1/Job batch/v1/CronJob ' +
  'networking.k8s.io/v1/Ingress apps/v1/DaemonSet apps/v1/Deployment apps/v1/ReplicaSet apps/v1/StatefulSet';
const OTHERS = 'v1/Namespace v1/PersistentVolume';

const DEPRECATED =
  'W0101 00:00:00.000000       1 prune.go:71] Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used ' +
  'with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the ' +
  '--prune-allowlist flag.\n';

/** Throws KubectlError for flags that do not go with `--prune`. */
export function checkPruneFlags({ flags }: Call): void {
  if (flags.bool('force')) throw new KubectlError('--force cannot be used with --prune');
  if (!flags.bool('all') && flags.text('selector') === '') {
    throw new KubectlError(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. ' +
        'If you did not mean to prune all resources, specify a label selector',
    );
  }
  if (!flags.bool('server-side')) return;
  throw new KubectlError("--prune is in alpha and doesn't currently work on objects created by server-side apply");
}

/** The kinds that are looked through. Throws KubectlError for an allowlist that can't be read. */
export function prunedKinds(call: Call): readonly KindDefinition[] {
  const discovery = call.io.client.discovery();
  const named = call.flags.list('prune-allowlist');
  if (named.length === 0) {
    return `${NAMESPACED} ${OTHERS}`.split(' ').flatMap((text) => {
      const cut = text.lastIndexOf('/');
      return discovery.findKind(text.slice(0, cut), text.slice(cut + 1)) ?? [];
    });
  }
  return named.map((text) => {
    const [group = '', version = '', kind = '', ...more] = text.split('/');
    if (kind === '' || more.length > 0) {
      throw new KubectlError(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
    }
    const apiVersion = group === 'core' || group === '' ? version : `${group}/${version}`;
    const found = discovery.findKind(apiVersion, kind);
    if (found) return found;
    throw new KubectlError(`no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`);
  });
}

/** What would be pruned: applied before, matching, and not among those that stay. */
export function prunable(
  call: Call,
  namespaces: readonly string[],
  kept: ReadonlySet<string>,
): { readonly info: Info; readonly object: KubeObject }[] {
  const kinds = prunedKinds(call);
  if (call.flags.list('prune-allowlist').length === 0) call.err(DEPRECATED);
  const labelSelector = call.flags.text('selector') || undefined;
  const found = (kind: KindDefinition, namespace: string | undefined) =>
    call.io.client
      .list(kind.id, { namespace, labelSelector })
      .filter(({ metadata }) => metadata.annotations?.[LAST_APPLIED] && !kept.has(metadata.uid as string))
      .map((object) => ({ info: infoOf(kind, object), object }));
  return [
    ...namespaces.flatMap((namespace) =>
      kinds.filter((kind) => kind.namespaced).flatMap((kind) => found(kind, namespace)),
    ),
    ...kinds.filter((kind) => !kind.namespaced).flatMap((kind) => found(kind, undefined)),
  ];
}

/** Deletes what was applied before and is not in the files any more. */
export function prune(call: Call, applied: readonly KubeObject[], dryRun: DryRun): void {
  const kept = new Set(applied.flatMap(({ metadata }) => metadata.uid ?? []));
  const namespaces = [...new Set(applied.flatMap(({ metadata }) => metadata.namespace ?? []))];
  const { flags, io } = call;
  const grace = flags.int('grace-period');
  const policy = { foreground: 'Foreground', orphan: 'Orphan' }[flags.text('cascade')] ?? 'Background';
  for (const { info, object } of prunable(call, namespaces, kept)) {
    if (dryRun !== 'client') {
      io.client.delete(info.mapping.id, info.namespace, info.name, {
        ...writeOptions(dryRun),
        propagationPolicy: policy as PropagationPolicy,
        ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
      });
    }
    printResult(call, object, 'pruned', dryRun);
  }
}
