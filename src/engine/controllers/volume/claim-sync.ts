/**
 * What is done about one claim: it is bound to the volume it names, to the best one, or has one made.
 * Follows pkg/controller/volume/persistentvolume/pv_controller.go (syncUnboundClaim, syncBoundClaim, provisionClaim).
 */
import { keyOf } from '../../api/meta';
import { isPodTerminal } from '../../api/pod';
import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from '../../api/types';
import {
  BETA_STORAGE_PROVISIONER,
  BIND_COMPLETED,
  BOUND_BY_CONTROLLER,
  classOf,
  defaultClassOf,
  hasClass,
  isVolumeBoundTo,
  SELECTED_NODE,
  STORAGE_PROVISIONER,
} from '../../api/volume-claim';
import {
  findMatchingVolume,
  type Match,
  offersNoOtherMode,
  volumeMeantFor,
  whyNotSatisfied,
} from '../../api/volume-matching';
import { migratedTo } from '../../api/volume-provisioners';
import { allVolumes, type BinderContext, remember, volumeAt, volumesMeantFor } from './binder-cache';
import { bind, loseClaim, setClaimPhase } from './binding';

const NO_CLASS = 'no persistent volumes available for this claim and no storage class is set';

/** One look at a claim. Refusals are thrown, and the claim is looked at again later. */
export function syncClaim(context: BinderContext, claim: PersistentVolumeClaim): void {
  if (claim.metadata.annotations?.[BIND_COMPLETED] !== undefined) syncBoundClaim(context, claim);
  else if (claim.spec.volumeName) syncNamingClaim(context, claim, claim.spec.volumeName);
  else syncUnboundClaim(context, claim);
}

function syncBoundClaim(context: BinderContext, claim: PersistentVolumeClaim): void {
  const { volumeName } = claim.spec;
  const lose = (reason: string, why: string): void => loseClaim(context, claim, reason, why);
  if (!volumeName) {
    lose('ClaimLost', 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!');
    return;
  }
  const volume = volumeAt(context, volumeName);
  if (!volume) lose('ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!');
  else if (!volume.spec.claimRef || volume.spec.claimRef.uid === claim.metadata.uid) bindAndSay(context, volume, claim);
  else lose('ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly');
}

/** The claim asks for a volume by name. */
function syncNamingClaim(context: BinderContext, claim: PersistentVolumeClaim, name: string): void {
  const volume = volumeAt(context, name);
  if (!volume) {
    setClaimPhase(context, claim, 'Pending');
    return;
  }
  if (volume.spec.claimRef && !isVolumeBoundTo(volume, claim)) {
    warn(context, claim, 'FailedBinding', `volume "${name}" already bound to a different claim.`);
    if (claim.metadata.annotations?.[BOUND_BY_CONTROLLER] === undefined) setClaimPhase(context, claim, 'Pending');
    return;
  }
  const problem = volume.spec.claimRef ? '' : whyNotSatisfied(claim, volume);
  if (!problem) {
    bindAndSay(context, volume, claim);
    return;
  }
  warn(context, claim, 'VolumeMismatch', `Cannot bind to requested volume "${name}": ${problem}`);
  setClaimPhase(context, claim, 'Pending');
}

function warn(context: BinderContext, claim: PersistentVolumeClaim, reason: string, message: string): void {
  context.events.record(claim, 'Warning', reason, message);
  context.say('wait', claim, `PersistentVolumeClaim ${claim.metadata.name} stays Pending: ${message}`);
}

function bindAndSay(
  context: BinderContext,
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
  match?: Match,
): void {
  if (!bind(context, volume, claim)) return;
  const [{ name }, size] = [claim.metadata, volume.spec.capacity?.storage ?? '0'];
  const others = (match?.verdicts ?? []).filter(({ problem }) => problem !== '');
  const why = others.map(({ volume: other, problem }) => `${other} ${problem}`).join(', ');
  const asked = claim.spec.resources?.requests?.storage ?? '0';
  const best = `, the smallest that satisfies its ${asked}${why ? ` (${why})` : ''}`;
  const choice = !match ? '' : volume.spec.claimRef ? ', which is there for it' : best;
  context.attach({ claim: keyOf(claim), volume: volume.metadata.name, verdicts: match?.verdicts ?? [] });
  context.say(
    'bind',
    claim,
    `Bound PersistentVolumeClaim ${name} to PersistentVolume ${volume.metadata.name} (${size})${choice}`,
  );
}

/** Any volume will do. */
function syncUnboundClaim(context: BinderContext, claim: PersistentVolumeClaim): void {
  const storageClass = context.lister.get<StorageClass>('StorageClass', undefined, classOf(claim));
  const delayed = storageClass?.volumeBindingMode === 'WaitForFirstConsumer';
  const meant = volumeMeantFor(claim, volumesMeantFor(context, claim), { delayed });
  const isClosest = meant?.volume !== undefined && offersNoOtherMode(meant.volume, claim);
  const match = isClosest ? meant : findMatchingVolume(claim, allVolumes(context), { delayed });
  if (match.volume) {
    bindAndSay(context, match.volume, claim, match);
    return;
  }
  if (assignDefaultClass(context, claim)) return;
  context.attach({ claim: keyOf(claim), verdicts: match.verdicts });
  const isSelected = claim.metadata.annotations?.[SELECTED_NODE] !== undefined;
  if (delayed && !isSelected) sayWaiting(context, claim);
  else if (classOf(claim) !== '') {
    provision(context, claim, storageClass);
    return;
  } else {
    context.events.record(claim, 'Normal', 'FailedBinding', NO_CLASS);
    const why = match.verdicts.map(({ volume, problem }) => `${volume} ${problem}`).join(', ');
    const found = why ? `: ${why}` : ', for there is none';
    context.say('wait', claim, `No PersistentVolume satisfies PersistentVolumeClaim ${claim.metadata.name}${found}`);
  }
  setClaimPhase(context, claim, 'Pending');
}

/** A claim that was made before there was a default class gets it now. */
function assignDefaultClass(context: BinderContext, claim: PersistentVolumeClaim): boolean {
  if (hasClass(claim)) return false;
  const chosen = defaultClassOf(context.lister.list<StorageClass>('StorageClass'));
  if (!chosen) return false;
  const { name } = chosen.metadata;
  const saved = context.client.update({ ...claim, spec: { ...claim.spec, storageClassName: name } });
  remember(context, saved);
  context.say('assign-class', saved, `Gave PersistentVolumeClaim ${claim.metadata.name} the default class ${name}`);
  return true;
}

/** Whether a Pod's containers have ended for good. */
function isFinished(pod: Pod): boolean {
  if (isPodTerminal(pod)) return true;
  const states = pod.status.containerStatuses ?? [];
  return (
    pod.metadata.deletionTimestamp !== undefined && states.every(({ state }) => state?.terminated ?? state?.waiting)
  );
}

/** The first look at a claim comes before those Pods are known that were made right after it, as by one command. */
function isKnown({ nowMs, timeOf }: BinderContext, claim: PersistentVolumeClaim, pod: Pod): boolean {
  const [made, podMade] = [claim.metadata.creationTimestamp ?? '', pod.metadata.creationTimestamp ?? ''];
  return podMade < made || nowMs - timeOf(made) >= 1000;
}

function sayWaiting(context: BinderContext, claim: PersistentVolumeClaim): void {
  const pods = context.lister
    .byIndex<Pod>('Pod', 'claim', keyOf(claim))
    .filter((pod) => !pod.spec.nodeName && !isFinished(pod) && isKnown(context, claim, pod))
    .map(({ metadata }) => metadata.name);
  const [first] = pods;
  const reason = first ? 'WaitForPodScheduled' : 'WaitForFirstConsumer';
  const what = pods.length > 1 ? `pods ${pods.join(',')}` : `pod ${first}`;
  const message = first
    ? `waiting for ${what} to be scheduled`
    : 'waiting for first consumer to be created before binding';
  context.events.record(claim, 'Normal', reason, message);
  context.say('wait', claim, `PersistentVolumeClaim ${claim.metadata.name} is ${message}`);
}

/** Nobody but the class's provisioner can help. */
function provision(context: BinderContext, claim: PersistentVolumeClaim, storageClass: StorageClass | undefined): void {
  const { name } = claim.metadata;
  const fail = (why: string): void => {
    context.events.record(claim, 'Warning', 'ProvisioningFailed', why);
    context.say('wait', claim, `No volume can be made for PersistentVolumeClaim ${name}: ${why}`);
  };
  if (!storageClass) {
    fail(`storageclass.storage.k8s.io "${classOf(claim)}" not found`);
    return;
  }
  const { provisioner } = storageClass;
  const driver = migratedTo(provisioner) ?? provisioner;
  if (driver.startsWith('kubernetes.io/')) {
    fail(`no volume plugin matched name: ${driver}`);
    return;
  }
  const saved = askProvisioner(context, claim, driver);
  const message = `Waiting for a volume to be created either by the external provisioner '${driver}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`;
  context.events.record(saved, 'Normal', 'ExternalProvisioning', message);
  const asked = `Asked the provisioner ${driver} for a volume for PersistentVolumeClaim ${name}`;
  const waiting = `PersistentVolumeClaim ${name} still waits for a volume from the provisioner ${driver}`;
  context.say('ask', saved, saved === claim ? waiting : asked);
}

/** Names the provisioner in the claim, by which it knows that it is meant. */
function askProvisioner(context: BinderContext, claim: PersistentVolumeClaim, driver: string): PersistentVolumeClaim {
  const { annotations } = claim.metadata;
  if (annotations?.[STORAGE_PROVISIONER] === driver) return claim;
  const more = { [BETA_STORAGE_PROVISIONER]: driver, [STORAGE_PROVISIONER]: driver };
  const metadata = { ...claim.metadata, annotations: { ...annotations, ...more } };
  return remember(context, context.client.update({ ...claim, metadata }));
}
