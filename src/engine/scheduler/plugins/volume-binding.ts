/**
 * VolumeBinding: volumes of bound claims must be reachable from the node; claims that wait for their first consumer get a volume
 * there, or have one made there, before the Pod is bound. Follows plugins/volumebinding/{volume_binding,binder}.go. The feature that
 * scores nodes by capacity is off by default and left out.
 */
import { deepEqual } from '../../api/plain';
import { quantityValue } from '../../api/quantity';
import { matchesLabelSelector } from '../../api/selector';
import type { Node, PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../api/types';
import { BIND_COMPLETED, BOUND_BY_CONTROLLER, classOf, NO_PROVISIONER, SELECTED_NODE } from '../../api/volume-claim';
import { findMatchingVolume } from '../../api/volume-matching';
import {
  definePlugin,
  failure,
  type Handle,
  type Outcome,
  type Placing,
  type PodInfo,
  type PreFilterResult,
  type ReadyNodeInfo,
  SKIP,
  unresolvable,
  wait,
} from '../framework';
import { claimsOf, concernsClaim, isReachable, missingClaim, whyNotFor } from './pod-claims';

const BIND_CONFLICT = "node(s) didn't find available persistent volumes to bind";
const NODE_CONFLICT = "node(s) didn't match PersistentVolume's node affinity";
const NO_SPACE = 'node(s) did not have enough free storage';
const NO_VOLUME = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';
const POLL_MS = 1000;
const TIMEOUT_MS = 600_000;

/** The claims of a Pod, by what is to be done about them. */
interface Claims {
  readonly bound: readonly PersistentVolumeClaim[];
  readonly delayed: readonly PersistentVolumeClaim[];
}

/** What a Pod's claims get on a node. Plain data. */
interface Decision {
  readonly bindings: readonly { readonly claim: PersistentVolumeClaim; readonly volume: PersistentVolume }[];
  readonly provisions: readonly PersistentVolumeClaim[];
}

const isBound = ({ metadata, spec }: PersistentVolumeClaim): boolean =>
  !!spec.volumeName && metadata.annotations?.[BIND_COMPLETED] !== undefined;

/** What is wrong with a claim, whatever the node; '' when nothing is. */
function problemOf(pod: PodInfo, handle: Handle, name: string, isEphemeral: boolean): string {
  const claim = handle.storage.claim(pod.namespace, name);
  if (!claim) {
    if (!isEphemeral) return missingClaim(name);
    return `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`;
  }
  if (claim.status.phase === 'Lost') {
    return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec.volumeName ?? ''}"`;
  }
  if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim "${name}" is being deleted`;
  return isEphemeral ? whyNotFor(pod, claim) : '';
}

function preFilter(pod: PodInfo, handle: Handle): PreFilterResult<Claims> {
  const used = claimsOf(pod.name, pod.spec);
  if (used.length === 0) return { status: SKIP };
  const bound: PersistentVolumeClaim[] = [];
  const delayed: PersistentVolumeClaim[] = [];
  let isUnbound = false;
  for (const { name, isEphemeral } of used) {
    const problem = problemOf(pod, handle, name, isEphemeral);
    if (problem) return { status: unresolvable(problem) };
    const claim = handle.storage.claim(pod.namespace, name) as PersistentVolumeClaim;
    const storageClass = handle.storage.storageClass(classOf(claim));
    const waits = storageClass?.volumeBindingMode === 'WaitForFirstConsumer' && !claim.spec.volumeName;
    if (isBound(claim)) bound.push(claim);
    else if (waits) delayed.push(claim);
    else isUnbound = true;
  }
  if (isUnbound) return { status: unresolvable('pod has unbound immediate PersistentVolumeClaims') };
  return { state: { bound, delayed } };
}

/** Whether a class may make volumes for a node. */
function isAllowedThere({ allowedTopologies = [] }: StorageClass, { metadata }: Node): boolean {
  if (allowedTopologies.length === 0) return true;
  return allowedTopologies.some(({ matchLabelExpressions = [] }) =>
    matchLabelExpressions.every(({ key, values }) => values.includes(metadata.labels?.[key] ?? '\n')),
  );
}

/** Whether a driver that tells how much it has has enough for the claim. */
function hasRoom(handle: Handle, claim: PersistentVolumeClaim, storageClass: StorageClass, node: Node): boolean {
  const driver = handle.storage.csiDriver(storageClass.provisioner);
  if (!driver?.spec.storageCapacity) return true;
  const size = quantityValue(claim.spec.resources?.requests?.storage);
  return handle.storage.capacities().some(({ storageClassName, capacity, maximumVolumeSize, nodeTopology }) => {
    if (storageClassName !== storageClass.metadata.name || !nodeTopology) return false;
    const limit = maximumVolumeSize ?? capacity;
    if (limit === undefined || quantityValue(limit) < size) return false;
    return matchesLabelSelector(nodeTopology, node.metadata.labels ?? {});
  });
}

/** Why no volume can be made for a claim on the node; '' when one can. */
function whyNotMade(handle: Handle, claim: PersistentVolumeClaim, node: Node): string {
  const storageClass = handle.storage.storageClass(classOf(claim));
  if (!storageClass || storageClass.provisioner === NO_PROVISIONER) return BIND_CONFLICT;
  if (!isAllowedThere(storageClass, node)) return BIND_CONFLICT;
  return hasRoom(handle, claim, storageClass, node) ? '' : NO_SPACE;
}

const sizeOf = ({ spec }: PersistentVolumeClaim): number => quantityValue(spec.resources?.requests?.storage);

/** What the waiting claims would get on a node, or why they would not. */
function decide(handle: Handle, delayed: readonly PersistentVolumeClaim[], node: Node): Decision | string {
  const bindings: { claim: PersistentVolumeClaim; volume: PersistentVolume }[] = [];
  const provisions: PersistentVolumeClaim[] = [];
  const excluded = new Set<string>();
  const inOrder = delayed.map((claim, index) => ({ claim, index }));
  inOrder.sort((a, b) => sizeOf(a.claim) - sizeOf(b.claim) || a.index - b.index);
  for (const { claim } of inOrder) {
    const selected = claim.metadata.annotations?.[SELECTED_NODE];
    if (selected !== undefined && selected !== node.metadata.name) return BIND_CONFLICT;
    const reaches = (volume: PersistentVolume): boolean => isReachable(volume, node);
    const { volume } =
      selected === undefined
        ? findMatchingVolume(claim, handle.storage.volumes(), { delayed: true, reaches, excluded })
        : { volume: undefined };
    if (volume) {
      excluded.add(volume.metadata.name);
      bindings.push({ claim, volume });
    } else provisions.push(claim);
  }
  for (const claim of provisions) {
    const problem = whyNotMade(handle, claim, node);
    if (problem) return problem;
  }
  return { bindings, provisions };
}

function filter(_pod: PodInfo, { node }: ReadyNodeInfo, claims: Claims, handle: Handle): Outcome {
  const reasons: string[] = [];
  const volumes = claims.bound.map(({ spec }) => handle.storage.volume(spec.volumeName ?? ''));
  const isThere = volumes.every((volume) => volume !== undefined);
  if (isThere && !volumes.every((volume) => volume && isReachable(volume, node))) reasons.push(NODE_CONFLICT);
  const decision = decide(handle, claims.delayed, node);
  if (typeof decision === 'string') reasons.push(decision);
  if (!isThere) reasons.push(NO_VOLUME);
  return reasons.length > 0 ? unresolvable(...reasons) : undefined;
}

/** The volume with a reference to the claim. */
function reservedFor(volume: PersistentVolume, { metadata }: PersistentVolumeClaim): PersistentVolume {
  const { namespace, name, uid, resourceVersion } = metadata;
  const claimRef = { kind: 'PersistentVolumeClaim', namespace, name, uid, apiVersion: 'v1', resourceVersion };
  if (volume.spec.claimRef?.uid === uid) return volume;
  const annotations = volume.spec.claimRef
    ? volume.metadata.annotations
    : { ...volume.metadata.annotations, [BOUND_BY_CONTROLLER]: 'yes' };
  return { ...volume, metadata: { ...volume.metadata, annotations }, spec: { ...volume.spec, claimRef } };
}

function selecting(claim: PersistentVolumeClaim, nodeName: string): PersistentVolumeClaim {
  const annotations = { ...claim.metadata.annotations, [SELECTED_NODE]: nodeName };
  return { ...claim, metadata: { ...claim.metadata, annotations } };
}

/** What is written of it, and what is waited for. */
function pollOnce({ handle, nodeName, pod }: Placing, { bindings, provisions }: Decision): Outcome {
  const node = handle.node(nodeName)?.node;
  if (!node) return failure(`binding volumes: failed to get node "${nodeName}": node "${nodeName}" not found`);
  if (!handle.current(pod)) {
    return failure(`binding volumes: pod does not exist any more: pod "${pod.name}" not found`);
  }
  for (const { claim, volume } of bindings) {
    const told = handle.storage.told(volume);
    const name = volume.metadata.name;
    if (!told) return failure(`binding volumes: failed to check binding: persistentvolume "${name}" not found`);
    if (!isReachable(told, node)) return failure(mismatch(name, nodeName));
    if (!told.spec.claimRef?.uid) return failure(`binding volumes: ClaimRef got reset for pv "${name}"`);
    const current = handle.storage.told(claim);
    if (!current || !isBound(current)) return wait(POLL_MS);
  }
  for (const claim of provisions) {
    const current = handle.storage.told(claim);
    const { name } = claim.metadata;
    if (!current) {
      return failure(`binding volumes: failed to check provisioning pvc: ${missingClaim(name)}`);
    }
    if (current.metadata.annotations?.[SELECTED_NODE] !== nodeName) {
      return failure(`binding volumes: provisioning failed for PVC "${name}"`);
    }
    const volume = handle.storage.volume(current.spec.volumeName ?? '');
    if (volume && !isReachable(volume, node)) return failure(mismatch(volume.metadata.name, nodeName));
    if (!volume || !isBound(current)) return wait(POLL_MS);
  }
  return undefined;
}

function mismatch(volume: string, nodeName: string): string {
  return `binding volumes: pv "${volume}" node affinity doesn't match node "${nodeName}": no matching NodeSelectorTerms`;
}

/** Writes what was decided. */
function saveDecision({ handle }: Placing, { bindings, provisions }: Decision): Outcome {
  for (const object of [...bindings.map(({ volume }) => volume), ...provisions]) {
    const refusal = handle.storage.save(object);
    if (refusal) return refusal;
  }
  return undefined;
}

/** See the header. */
export const volumeBinding = definePlugin<Claims>({
  name: 'VolumeBinding',
  events: {
    StorageClassAdd: true,
    StorageClassUpdate: (_pod, before, after) =>
      !deepEqual((before as StorageClass).allowedTopologies, (after as StorageClass).allowedTopologies),
    PersistentVolumeClaimAdd: concernsClaim,
    PersistentVolumeClaimUpdate: concernsClaim,
    PersistentVolumeAdd: true,
    PersistentVolumeUpdate: true,
    NodeAdd: true,
    NodeUpdateLabel: true,
    CSINodeAdd: true,
    CSIStorageCapacityAdd: true,
    CSIStorageCapacityUpdate: true,
  },
  preFilter,
  filter,
  reserve: (placing, state) => {
    const claims = state as Claims | undefined;
    const { handle, nodeName } = placing;
    const node = handle.node(nodeName)?.node;
    if (!claims || claims.delayed.length === 0 || !node) return {};
    const decision = decide(handle, claims.delayed, node);
    if (typeof decision === 'string') return { status: unresolvable(decision) };
    const reserved: Decision = {
      bindings: decision.bindings.map(({ claim, volume }) => ({ claim, volume: reservedFor(volume, claim) })),
      provisions: decision.provisions.map((claim) => selecting(claim, nodeName)),
    };
    for (const { volume } of reserved.bindings) handle.storage.assume(volume);
    for (const claim of reserved.provisions) handle.storage.assume(claim);
    return { reserved };
  },
  unreserve: ({ handle, reserved }) => {
    const { bindings = [], provisions = [] } = (reserved as Decision | undefined) ?? {};
    for (const { volume } of bindings) handle.storage.revert(volume);
    for (const claim of provisions) handle.storage.revert(claim);
  },
  preBindPreFlight: ({ reserved }) => (reserved ? undefined : SKIP),
  preBind: (placing, sinceMs) => {
    const decision = placing.reserved as Decision;
    const { nowMs } = placing.handle;
    if (nowMs === sinceMs) return saveDecision(placing, decision) ?? wait(POLL_MS);
    if (nowMs - sinceMs > TIMEOUT_MS) return failure('binding volumes: context deadline exceeded');
    return pollOnce(placing, decision);
  },
});
