/**
 * The APIServices that a cluster has from the start: one for each version of a group that the API server serves by itself, and that of the
 * metrics server. Follows cmd/kube-apiserver/app/aggregator.go and pkg/controlplane/apiserver/aggregator.go.
 * Those of custom groups are made by controllers/autoregister.
 */
import type { APIService } from './types';

/** Group, its priority in hundreds, that of the version (15 where none is named), and the version where it is not v1; by priority. */
const LOCAL =
  ':180:1 apps:178 events.k8s.io:177.5 authentication.k8s.io:177 authorization.k8s.io:176 autoscaling:175:30:v2 autoscaling:175 batch:174 certificates.k8s.io:173 networking.k8s.io:172 policy:171 rbac.authorization.k8s.io:170 storage.k8s.io:168 admissionregistration.k8s.io:167 apiextensions.k8s.io:167 scheduling.k8s.io:166 coordination.k8s.io:165 node.k8s.io:163 discovery.k8s.io:162 resource.k8s.io:162:21 flowcontrol.apiserver.k8s.io:161:21';

type Spec = APIService['spec'];

const METRICS: Spec = {
  group: 'metrics.k8s.io',
  groupPriorityMinimum: 100,
  insecureSkipTLSVerify: true,
  service: { name: 'metrics-server', namespace: 'kube-system', port: 443 },
  version: 'v1beta1',
  versionPriority: 100,
};

/** The versions of groups that the API server serves itself, in the order in which it names them. */
export const LOCAL_GROUP_VERSIONS: readonly Spec[] = LOCAL.split(' ').map((text) => {
  const [group, priority, versionPriority = '15', version = 'v1'] = text.split(':');
  return {
    ...(group ? { group } : {}),
    groupPriorityMinimum: Number(priority) * 100,
    version,
    versionPriority: Number(versionPriority),
  };
});

/** All of them, as available as a cluster has them that has been running. */
export function firstApiServices(lastTransitionTime: string, hasMetrics: boolean): APIService[] {
  return [...LOCAL_GROUP_VERSIONS, ...(hasMetrics ? [METRICS] : [])].map((spec) => {
    const told = spec.service
      ? { reason: 'Passed', message: 'all checks passed' }
      : { reason: 'Local', message: 'Local APIServices are always available' };
    const labels: Record<string, string> = spec.service
      ? { 'k8s-app': 'metrics-server' }
      : { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' };
    return {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `${spec.version}.${spec.group ?? ''}`, labels },
      spec,
      status: { conditions: [{ type: 'Available', status: 'True', lastTransitionTime, ...told }] },
    };
  });
}
