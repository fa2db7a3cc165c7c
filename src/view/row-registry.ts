/**
 * How each kind comes into the drawing: the one place where that is said. A test holds it against the API's kinds, so that none
 * is forgotten; custom kinds have no line and are told by their shape (row-of.ts).
 */
import { endpointSliceRow, ingressRow, serviceRow } from './row-makers/network';
import { nodeRow } from './row-makers/node';
import { apiServiceRow, nobodysRow, otherRow } from './row-makers/other';
import { podRow } from './row-makers/pod';
import { autoscalerRow, disruptionBudgetRow, quotaRow } from './row-makers/policy';
import { claimRow, volumeRow } from './row-makers/storage';
import { cronJobRow, daemonSetRow, jobRow, replicatedRow, statefulSetRow } from './row-makers/workload';
import type { RowMaker } from './rows';

/**
 * `drawn`: it has a card, or its place in one. `listed`: it is named under "Also in the cluster". `behind`: it can be looked at, but
 * stands behind another object, which shows it (what is nobody's is listed). `none`: it has no row at all. The latter two say why.
 */
export type RowDefinition =
  | { readonly place: 'drawn' | 'listed'; readonly make: RowMaker }
  | { readonly place: 'behind'; readonly make: RowMaker; readonly because: string }
  | { readonly place: 'none'; readonly because: string };

const drawn = (make: RowMaker): RowDefinition => ({ place: 'drawn', make });
/** `note`: the column of kubectl's table that is worth seeing beside the name. */
const listed = (note?: string): RowDefinition => ({ place: 'listed', make: otherRow(true, note) });
const behind = (because: string, make: RowMaker = otherRow(false)): RowDefinition => ({
  place: 'behind',
  make,
  because,
});
const none = (because: string): RowDefinition => ({ place: 'none', because });

/** By kind. */
export const ROW_DEFINITIONS: ReadonlyMap<string, RowDefinition> = new Map(
  Object.entries<RowDefinition>({
    Pod: drawn(podRow),
    Node: drawn(nodeRow),
    Deployment: drawn(replicatedRow),
    ReplicaSet: drawn(replicatedRow),
    ReplicationController: drawn(replicatedRow),
    StatefulSet: drawn(statefulSetRow),
    DaemonSet: drawn(daemonSetRow),
    Job: drawn(jobRow),
    CronJob: drawn(cronJobRow),
    HorizontalPodAutoscaler: drawn(autoscalerRow),
    Service: drawn(serviceRow),
    Ingress: drawn(ingressRow),
    PersistentVolumeClaim: drawn(claimRow),
    PersistentVolume: drawn(volumeRow),
    ResourceQuota: drawn(quotaRow),
    PodDisruptionBudget: { place: 'listed', make: disruptionBudgetRow },
    ConfigMap: listed(),
    Secret: listed('TYPE'),
    ServiceAccount: listed(),
    Namespace: listed(),
    PodTemplate: listed(),
    LimitRange: listed(),
    PriorityClass: listed('VALUE'),
    RuntimeClass: listed('HANDLER'),
    StorageClass: listed('PROVISIONER'),
    VolumeAttributesClass: listed('DRIVERNAME'),
    IngressClass: listed('CONTROLLER'),
    NetworkPolicy: listed('POD-SELECTOR'),
    CustomResourceDefinition: listed(),
    Role: listed(),
    RoleBinding: listed('ROLE'),
    ClusterRole: listed(),
    ClusterRoleBinding: listed('ROLE'),
    ValidatingAdmissionPolicy: listed(),
    ValidatingAdmissionPolicyBinding: listed('POLICYNAME'),
    MutatingWebhookConfiguration: listed('WEBHOOKS'),
    ValidatingWebhookConfiguration: listed('WEBHOOKS'),
    APIService: { place: 'listed', make: apiServiceRow },
    EndpointSlice: behind('its Service counts its addresses', endpointSliceRow),
    Endpoints: behind('its Service counts its addresses', nobodysRow),
    ControllerRevision: behind('StatefulSets and DaemonSets name the revisions that hold', nobodysRow),
    CSIDriver: behind('StorageClasses name their driver'),
    CSINode: behind('it says of a node what its drivers can do'),
    CSIStorageCapacity: behind('it says of a StorageClass how much is left'),
    VolumeAttachment: behind('its volume is drawn, and its Pod says where'),
    Event: none('too many, too often; the inspector lists those about an object'),
    Lease: none('renewed all the time; Nodes show what comes of it'),
  }),
);
