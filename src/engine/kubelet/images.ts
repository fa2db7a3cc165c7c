/**
 * When images are pulled: one after the other, as serializeImagePulls asks by default, and with the kubelet's words.
 * Follows pkg/kubelet/images/image_manager.go and puller.go.
 */

import { formatDuration } from '../api/duration';
import type { Container } from '../api/types';
import type { PullError } from '../machine/cri';
import { parseImageReference, referenceProblem } from '../machine/image-reference';
import { type Kubelet, podEvent } from './api-writes';
import { pullRegistries } from './pull-secrets';
import {
  type ContainerRecord,
  containerSpec,
  freshToken,
  type PodRecord,
  type PullRequest,
  putContainer,
} from './records';

/** What came of a pull. */
export interface PullOutcome {
  readonly request: PullRequest;
  readonly image: string;
  readonly tookMs: number;
  readonly waitedMs: number;
  readonly error?: PullError;
}

const isParallel = ({ context }: Kubelet): boolean => context.flag('serialize-image-pulls') === 'false';

/** An image that a container needs before it can be made: of an image volume of its Pod, one after the other, then its own. */
export interface WantedImage {
  readonly spec: Container;
  readonly policy: string | undefined;
  /** The container that Events are about; undefined: the Pod. */
  readonly about: number | undefined;
}

/** The next image that a container waits for. Follows getImageVolumes in pkg/kubelet/kuberuntime/kuberuntime_manager.go. */
export function wantedImage(record: PodRecord, index: number): WantedImage {
  const spec = containerSpec(record, index);
  const volumes = record.pod.spec.volumes?.flatMap(({ image }) => image ?? []) ?? [];
  const volume = volumes[record.containers[index]?.imagesThere ?? 0];
  if (!volume) return { spec, policy: spec.imagePullPolicy, about: index };
  return { spec: { ...spec, image: volume.reference ?? '' }, policy: volume.pullPolicy, about: undefined };
}

/** Queues a pull for a container; it is being pulled from now on. */
export function requestPull(kubelet: Kubelet, record: PodRecord, index: number): PodRecord {
  const { context } = kubelet;
  const { memory } = context;
  const token = freshToken(memory);
  const { spec, about } = wantedImage(record, index);
  podEvent(kubelet, record, about, 'Normal', 'Pulling', `Pulling image "${spec.image}"`);
  const change: Partial<ContainerRecord> = { stage: 'pulling', token, pullRequestedMs: context.nowMs };
  const changed = putContainer(memory, record, index, change, { busyWith: index });
  memory.pulls.push({ uid: record.uid, index, token });
  if (memory.pulls.length === 1 || isParallel(kubelet)) beginPull(kubelet, { uid: record.uid, index, token });
  return changed;
}

function beginPull({ context, runtime }: Kubelet, request: PullRequest): void {
  const record = context.memory.pods.get(request.uid);
  const delayMs = record ? runtime.pullMs(record.pod, wantedImage(record, request.index).spec) : 0;
  context.after(delayMs, 'pulled', `${request.token}/${delayMs}`);
}

/** A pull has come to its end: keeps the image, or says why not, and lets the next one begin. */
export function completePull(kubelet: Kubelet, key: string): PullOutcome | undefined {
  const { context, runtime } = kubelet;
  const { memory } = context;
  const [token, took] = key.split('/').map(Number);
  const position = memory.pulls.findIndex((candidate) => candidate.token === token);
  const request = memory.pulls[position];
  if (!request) return undefined;
  memory.pulls.splice(position, 1);
  const next = memory.pulls[0];
  if (next && !isParallel(kubelet)) beginPull(kubelet, next);
  const record = memory.pods.get(request.uid);
  const container = record?.containers[request.index];
  if (!record || !container || container.token !== token) return undefined;
  const { spec } = wantedImage(record, request.index);
  const image = spec.image ?? '';
  const known = runtime.imageStatus(image);
  const error = runtime.pullImage(record.pod, spec, pullRegistries(kubelet, record.pod));
  if (!error && !known) memory.imagesChanged = true;
  const waitedMs = context.nowMs - (container.pullRequestedMs ?? context.nowMs);
  return { request, image, tookMs: took ?? 0, waitedMs, ...(error ? { error } : {}) };
}

/** `Successfully pulled image "nginx:1.7.9" in 2s (2s including waiting). Image size: 72005065 bytes.` */
export function pulledMessage(outcome: PullOutcome, sizeBytes: number): string {
  const took = `${formatDuration(outcome.tookMs)} (${formatDuration(outcome.waitedMs)} including waiting)`;
  return `Successfully pulled image "${outcome.image}" in ${took}. Image size: ${sizeBytes} bytes.`;
}

const effectivePolicy = (policy: string | undefined, image: string): string =>
  policy ?? (parseImageReference(image)?.tag === 'latest' ? 'Always' : 'IfNotPresent');

/** Whether the runtime is asked first what it has. */
const asksWhatIsThere = (policy: string | undefined, image: string): boolean =>
  effectivePolicy(policy, image) !== 'Always';

/** Why an image can't be looked for, which is told; undefined when it can. */
export function inspectionProblem(
  kubelet: Kubelet,
  record: PodRecord,
  { spec, policy, about }: WantedImage,
  present: boolean,
): { readonly reason: string; readonly message: string } | undefined {
  const { image = '' } = spec;
  const tell = (reason: string, message: string) => {
    podEvent(kubelet, record, about, 'Warning', 'InspectFailed', message);
    return { reason, message };
  };
  if (!present && !parseImageReference(image)) {
    const what = `couldn't parse image name "${image}": ${referenceProblem(image)}`;
    return tell('InvalidImageName', `Failed to apply default image tag "${image}": ${what}`);
  }
  const unread = asksWhatIsThere(policy, image) ? kubelet.runtime.inspectError(record.pod, spec) : undefined;
  // The reference that could not be found out is named, which is none.
  return unread === undefined ? undefined : tell('ImageInspectError', `Failed to inspect image "": ${unread}`);
}

/**
 * Whether an image is there for a Pod: one that was pulled with credentials is there for those that have some for its registry (KubeletEnsureSecretPulledImages,
 * MustAttemptImagePull in pkg/kubelet/images/pullmanager). Names and passwords are not looked at.
 */
export function isAccessible(kubelet: Kubelet, { pod }: PodRecord, image: string): boolean {
  const known = kubelet.runtime.imageStatus(image);
  if (known?.credentials === undefined) return known !== undefined;
  return pullRegistries(kubelet, pod).includes(known.credentials);
}

/** Whether the image has to be asked for: as the pull policy and the images present say. */
export function mustPull(policy: string | undefined, image: string, present: boolean): boolean {
  const effective = effectivePolicy(policy, image);
  return effective === 'Always' || (effective === 'IfNotPresent' && !present);
}
