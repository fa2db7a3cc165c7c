/**
 * The object that keeps the Pods of a Compose service: a Deployment, or what `deploy.mode` and `restart` ask for. Follows kompose
 * (pkg/transformer/kubernetes): `global` is a DaemonSet, what is not to be restarted is a Pod, what mounts a claim is replaced by Recreate,
 * `update_config` is the rolling update's pace.
 */
import type { KubeObject } from '../../engine/api/meta';
import { secondsOf, wholeOf } from './amounts';
import { compact, mappingOf, type Part, pairsOf, partOf, type Tell, textOf } from './reading';

/** What the Pods are made of. */
export interface Template {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: object;
  readonly hasClaim: boolean;
}

const made = (apiVersion: string, kind: string, metadata: object, spec: object): KubeObject =>
  ({ apiVersion, kind, metadata, spec }) as unknown as KubeObject;

/** Labels of a service are annotations here, as kompose has it: they may hold what a label may not. */
export const annotationsOf = (service: Part): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ['labels', 'annotations'].flatMap((key) =>
      pairsOf(partOf(service, key)).map((pair) => [pair.key, textOf(pair.value)] as const),
    ),
  );

function countOf(service: Part): number | undefined {
  const { scale } = mappingOf(service.value);
  return wholeOf(mappingOf(partOf(service, 'deploy').value).replicas ?? scale);
}

/** How it is updated. A swarm stops an old one first unless it is told otherwise. */
function strategyOf(service: Part, hasClaim: boolean): object {
  if (hasClaim) return { strategy: { type: 'Recreate' } };
  const { parallelism, order, delay } = mappingOf(partOf(partOf(service, 'deploy'), 'update_config').value);
  if (parallelism === undefined && order === undefined && delay === undefined) return {};
  const turn = wholeOf(parallelism) ?? 1;
  // 0 is all at once.
  const many = turn === 0 ? '100%' : turn;
  const pace = order === 'start-first' ? { maxSurge: many, maxUnavailable: 0 } : { maxSurge: 0, maxUnavailable: many };
  return compact({
    minReadySeconds: secondsOf(delay) || undefined,
    strategy: { type: 'RollingUpdate', rollingUpdate: pace },
  });
}

/** `restart`, or what a swarm calls the same. */
function restartOf(service: Part): string {
  const { restart } = mappingOf(service.value);
  const { condition } = mappingOf(partOf(partOf(service, 'deploy'), 'restart_policy').value);
  const said = restart === false ? 'no' : textOf(condition) || textOf(restart);
  return said.replace(/^none$/, 'no').replace(/:\d+$/, '');
}

/** See the header. */
export function workloadOf(service: Part, template: Template, tell: Tell): KubeObject {
  const { name, labels, annotations, spec, hasClaim } = template;
  const metadata = compact({ name, labels, annotations });
  const inside = (fields: object) => ({ metadata: compact({ labels, annotations }), spec: { ...fields, ...spec } });
  const deploy = partOf(service, 'deploy');
  const mode = textOf(mappingOf(deploy.value).mode);
  const count = countOf(service);
  const restart = restartOf(service);
  if (mode === 'replicated-job' || mode === 'global-job') {
    const times = count && count > 1 ? { completions: count, parallelism: count } : {};
    return made('batch/v1', 'Job', metadata, {
      ...times,
      template: inside({ restartPolicy: restart === 'no' ? 'Never' : 'OnFailure' }),
    });
  }
  if (mode === 'global')
    return made('apps/v1', 'DaemonSet', metadata, { selector: { matchLabels: labels }, template: inside({}) });
  if (restart === 'no' && (count ?? 1) < 2) return made('v1', 'Pod', metadata, { restartPolicy: 'Never', ...spec });
  if (restart === 'on-failure' && count === undefined)
    return made('v1', 'Pod', metadata, { restartPolicy: 'OnFailure', ...spec });
  if (restart === 'on-failure' || restart === 'no')
    tell(service.path, {
      en: `a Deployment restarts containers always, not only as ${restart} says`,
      zh: `Deployment 总是重启容器，不只是按 ${restart}`,
    });
  if (hasClaim && (count ?? 1) > 1)
    tell(service.path, {
      en: `${count} Pods share a claim that is ReadWriteOnce: they have to be on one node; where each wants its own, make it a StatefulSet`,
      zh: `${count} 个 Pod 共用一个 ReadWriteOnce 的声明：它们必须在同一节点上；如果每个都要自己的存储，请改用 StatefulSet`,
    });
  return made('apps/v1', 'Deployment', metadata, {
    replicas: count ?? 1,
    ...strategyOf(service, hasClaim),
    selector: { matchLabels: labels },
    template: inside({}),
  });
}
