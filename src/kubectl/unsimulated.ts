/**
 * Kinds that Kubernetes 1.36 has and this simulator doesn't have yet, so that kubectl can say so instead of
 * pretending they don't exist. A kind that gets into the engine's table (api/scheme.ts) stops being listed here by itself.
 * Names as `kubectl api-resources` prints them.
 */
import { type ResourceInfo, resource } from '../engine/api/kinds/definition';
import { apiVersionOf, findResource } from '../engine/api/scheme';

/** One per line: group, version, kind, plural, short names, scope. */
const ROWS = `
 v1 ComponentStatus componentstatuses cs c
admissionregistration.k8s.io v1 MutatingAdmissionPolicy mutatingadmissionpolicies - c
admissionregistration.k8s.io v1 MutatingAdmissionPolicyBinding mutatingadmissionpolicybindings - c
certificates.k8s.io v1 CertificateSigningRequest certificatesigningrequests csr c
flowcontrol.apiserver.k8s.io v1 FlowSchema flowschemas - c
flowcontrol.apiserver.k8s.io v1 PriorityLevelConfiguration prioritylevelconfigurations - c
networking.k8s.io v1 IPAddress ipaddresses ip c
networking.k8s.io v1 ServiceCIDR servicecidrs - c
resource.k8s.io v1 DeviceClass deviceclasses - c
resource.k8s.io v1 ResourceClaim resourceclaims - n
resource.k8s.io v1 ResourceClaimTemplate resourceclaimtemplates - n
resource.k8s.io v1 ResourceSlice resourceslices - c
`;

/** Kinds of Kubernetes 1.36 that are not simulated. */
export const UNSIMULATED: readonly ResourceInfo[] = ROWS.slice(1, -1)
  .split('\n')
  .map((row) => row.split(' '))
  .filter(([, , kind = '']) => !findResource(kind))
  .map(([group = '', version = '', kind = '', plural = '', shortNames, scope]) =>
    resource(group, version, kind, plural, shortNames === '-' ? '' : (shortNames ?? ''), { namespaced: scope === 'n' }),
  );

const DEVICES =
  'devices are not simulated; ask for an extended resource that a node of the scenario has as its capacity';
const FAIRNESS = 'requests do not queue here; a slow API server is the fault etcd-slow, a silent one api-server-down';
const ADDRESSES = 'Services have the one range 10.96.0.0/12; kubectl get services shows which addresses are taken';
const MUTATING = 'use a ValidatingAdmissionPolicy to refuse, and defaults or a changed manifest to fill in';

/** What to use in place of kinds that stay out. */
const INSTEAD: Readonly<Record<string, string>> = {
  CertificateSigningRequest:
    'nothing is signed here; a user is whoever `as:` of an action or --as names, give him roles',
  ComponentStatus: 'it is deprecated; kubectl get --raw /healthz asks the API server, kubectl get leases -A the others',
  DeviceClass: DEVICES,
  FlowSchema: FAIRNESS,
  IPAddress: ADDRESSES,
  MutatingAdmissionPolicy: MUTATING,
  MutatingAdmissionPolicyBinding: MUTATING,
  PriorityLevelConfiguration: FAIRNESS,
  ResourceClaim: DEVICES,
  ResourceClaimTemplate: DEVICES,
  ResourceSlice: DEVICES,
  ServiceCIDR: ADDRESSES,
};

/** The line that says that a kind is missing here rather than in Kubernetes. */
export function unsimulatedNote(kind: string): string {
  const instead = INSTEAD[kind];
  if (instead) return `kubestep: ${kind} is not simulated: ${instead}`;
  return `kubestep: ${kind} is not simulated`;
}

const FILES =
  /^(kustomize\.config|kubeadm|kubelet\.config|kubeproxy\.config|kubescheduler\.config|apiserver\.config|audit|kind\.x)[.-]k8s\.io\/|^(k3d|eksctl|skaffold|minikube)[\w.-]*\/|^client\.authentication/;

/** What to write in place of a manifest that no version of the API server's own kinds serves, if that is known. */
export function servedNote({
  kind,
  apiVersion,
}: {
  readonly kind: string;
  readonly apiVersion: string;
}): string | undefined {
  const served = findResource(kind);
  if (served) return `kubestep: Kubernetes 1.36 serves it as ${apiVersionOf(served)}`;
  if (kind === 'PodSecurityPolicy')
    return 'kubestep: it went with Kubernetes 1.25; label a Namespace with pod-security.kubernetes.io/enforce';
  if (kind === 'Kustomization') return 'kubestep: paste what `kubectl kustomize` prints of it';
  if (FILES.test(apiVersion) || (kind === 'Config' && apiVersion === 'v1'))
    return 'kubestep: the configuration of a program is no object of the API; leave it out';
  return /[.].*\//.test(apiVersion) ? 'ensure CRDs are installed first' : undefined;
}
