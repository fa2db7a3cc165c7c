/**
 * Kinds that Kubernetes 1.36 has and this simulator doesn't have yet, so that kubectl can say so instead of
 * pretending they don't exist. A kind that gets into the engine's table (api/scheme.ts) stops being listed here by itself.
 * Names as `kubectl api-resources` prints them.
 */
import { type ResourceInfo, resource } from '../engine/api/kinds/definition';
import { findResource } from '../engine/api/scheme';

/** One per line: group, version, kind, plural, short names, scope. */
const ROWS = `
 v1 Binding bindings - n
 v1 ComponentStatus componentstatuses cs c
 v1 Endpoints endpoints ep n
 v1 LimitRange limitranges limits n
 v1 PersistentVolumeClaim persistentvolumeclaims pvc n
 v1 PersistentVolume persistentvolumes pv c
 v1 PodTemplate podtemplates - n
 v1 ReplicationController replicationcontrollers rc n
 v1 ResourceQuota resourcequotas quota n
admissionregistration.k8s.io v1 MutatingAdmissionPolicy mutatingadmissionpolicies - c
admissionregistration.k8s.io v1 MutatingAdmissionPolicyBinding mutatingadmissionpolicybindings - c
admissionregistration.k8s.io v1 MutatingWebhookConfiguration mutatingwebhookconfigurations - c
admissionregistration.k8s.io v1 ValidatingAdmissionPolicy validatingadmissionpolicies - c
admissionregistration.k8s.io v1 ValidatingAdmissionPolicyBinding validatingadmissionpolicybindings - c
admissionregistration.k8s.io v1 ValidatingWebhookConfiguration validatingwebhookconfigurations - c
apiregistration.k8s.io v1 APIService apiservices - c
apps v1 ControllerRevision controllerrevisions - n
apps v1 DaemonSet daemonsets ds n
apps v1 StatefulSet statefulsets sts n
authentication.k8s.io v1 TokenReview tokenreviews - c
autoscaling v2 HorizontalPodAutoscaler horizontalpodautoscalers hpa n
batch v1 CronJob cronjobs cj n
batch v1 Job jobs - n
certificates.k8s.io v1 CertificateSigningRequest certificatesigningrequests csr c
flowcontrol.apiserver.k8s.io v1 FlowSchema flowschemas - c
flowcontrol.apiserver.k8s.io v1 PriorityLevelConfiguration prioritylevelconfigurations - c
networking.k8s.io v1 IngressClass ingressclasses - c
networking.k8s.io v1 Ingress ingresses ing n
networking.k8s.io v1 IPAddress ipaddresses ip c
networking.k8s.io v1 NetworkPolicy networkpolicies netpol n
networking.k8s.io v1 ServiceCIDR servicecidrs - c
node.k8s.io v1 RuntimeClass runtimeclasses - c
rbac.authorization.k8s.io v1 ClusterRoleBinding clusterrolebindings - c
rbac.authorization.k8s.io v1 ClusterRole clusterroles - c
rbac.authorization.k8s.io v1 RoleBinding rolebindings - n
rbac.authorization.k8s.io v1 Role roles - n
resource.k8s.io v1 DeviceClass deviceclasses - c
resource.k8s.io v1 ResourceClaim resourceclaims - n
resource.k8s.io v1 ResourceClaimTemplate resourceclaimtemplates - n
resource.k8s.io v1 ResourceSlice resourceslices - c
storage.k8s.io v1 CSIDriver csidrivers - c
storage.k8s.io v1 CSINode csinodes - c
storage.k8s.io v1 CSIStorageCapacity csistoragecapacities - n
storage.k8s.io v1 StorageClass storageclasses sc c
storage.k8s.io v1 VolumeAttachment volumeattachments - c
storage.k8s.io v1 VolumeAttributesClass volumeattributesclasses vac c
`;

/** Kinds of Kubernetes 1.36 that are not simulated. */
export const UNSIMULATED: readonly ResourceInfo[] = ROWS.slice(1, -1)
  .split('\n')
  .map((row) => row.split(' '))
  .filter(([, , kind = '']) => !findResource(kind))
  .map(([group = '', version = '', kind = '', plural = '', shortNames, scope]) =>
    resource(group, version, kind, plural, shortNames === '-' ? '' : (shortNames ?? ''), { namespaced: scope === 'n' }),
  );

/** What to use in place of kinds that stay out. */
const INSTEAD: Readonly<Record<string, string>> = {
  CertificateSigningRequest:
    'nothing is signed here; a user is whoever `as:` of an action or --as names, give him roles',
};

/** The line that says that a kind is missing here rather than in Kubernetes. */
export function unsimulatedNote(kind: string): string {
  const instead = INSTEAD[kind];
  if (instead) return `kubestep: ${kind} is not simulated: ${instead}`;
  return `kubestep: ${kind} is not simulated yet`;
}
