/**
 * The images of a node: pulling one after the other, as serializeImagePulls asks by default, and failing as the
 * container runtime does. Follows pkg/kubelet/images/image_manager.go and puller.go; image garbage collection is left out.
 */

import { formatDuration } from '../api/duration';
import { hasFault } from '../client/environment';
import { type Kubelet, podEvent } from './api-writes';
import { textHex64 } from './hex';
import { matchesImage, pullBehaviour } from './image-behaviour';
import { parseImageReference } from './image-reference';
import {
  type ContainerRecord,
  containerSpec,
  freshToken,
  type PodRecord,
  type PullRequest,
  putContainer,
} from './records';

/** How long the runtime takes to find that it has an image already. */
const PRESENT_CHECK_MS = 10;

/** What came of a pull. */
export interface PullOutcome {
  readonly request: PullRequest;
  readonly image: string;
  readonly tookMs: number;
  readonly waitedMs: number;
  /** Reason and message when it failed. */
  readonly error?: { readonly reason: string; readonly message: string };
}

const isParallel = ({ context }: Kubelet): boolean => context.flag('serialize-image-pulls') === 'false';

/** Queues a pull for a container; it is being pulled from now on. */
export function requestPull(kubelet: Kubelet, record: PodRecord, index: number): PodRecord {
  const { context } = kubelet;
  const { memory } = context;
  const token = freshToken(memory);
  const image = containerSpec(record, index).image ?? '';
  podEvent(kubelet, record, index, 'Normal', 'Pulling', `Pulling image "${image}"`);
  const change: Partial<ContainerRecord> = { stage: 'pulling', token, pullRequestedMs: context.nowMs };
  const changed = putContainer(memory, record, index, change, { busyWith: index });
  memory.pulls.push({ uid: record.uid, index, token });
  if (memory.pulls.length === 1 || isParallel(kubelet)) beginPull(kubelet, { uid: record.uid, index, token });
  return changed;
}

function beginPull(kubelet: Kubelet, request: PullRequest): void {
  const { context, programs } = kubelet;
  const record = context.memory.pods.get(request.uid);
  let delayMs = 0;
  if (record) {
    const spec = containerSpec(record, request.index);
    const present = context.memory.images.has(spec.image ?? '');
    delayMs = present ? PRESENT_CHECK_MS : pullBehaviour(programs, record.pod, spec).durationMs;
  }
  context.after(delayMs, 'pulled', `${request.token}/${delayMs}`);
}

function notFound(image: string): string {
  const full = parseImageReference(image)?.full ?? image;
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${full}": failed to resolve reference "${full}": ${full}: not found`;
}

function unreachable(image: string): string {
  const reference = parseImageReference(image);
  const full = reference?.full ?? image;
  const host = reference?.registry === 'docker.io' ? 'registry-1.docker.io' : reference?.registry;
  const url = `https://${host}/v2/${reference?.repository}/manifests/${reference?.tag || reference?.digest}`;
  return `failed to pull and unpack image "${full}": failed to resolve reference "${full}": failed to do request: Head "${url}": dial tcp: i/o timeout`;
}

function failureOf(kubelet: Kubelet, image: string, programError: string | undefined): PullOutcome['error'] {
  const { environment } = kubelet.context;
  if (hasFault(environment, 'registry-down')) return { reason: 'ErrImagePull', message: unreachable(image) };
  for (const fault of environment.faults.values()) {
    if (fault.type === 'image-pull-error' && fault.image !== undefined && matchesImage(fault.image, image)) {
      return { reason: 'ErrImagePull', message: notFound(image) };
    }
  }
  if (programError === undefined) return undefined;
  const isReason = /^[A-Z][A-Za-z]+$/.test(programError);
  if (!isReason) return { reason: 'ErrImagePull', message: programError };
  return { reason: programError, message: notFound(image) };
}

/** A pull has come to its end: keeps the image, or says why not, and lets the next one begin. */
export function completePull(kubelet: Kubelet, key: string): PullOutcome | undefined {
  const { context, programs } = kubelet;
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
  const spec = containerSpec(record, request.index);
  const image = spec.image ?? '';
  const behaviour = pullBehaviour(programs, record.pod, spec);
  const error = failureOf(kubelet, image, behaviour.error);
  if (!error && !memory.images.has(image)) keepImage(kubelet, image, behaviour.sizeBytes);
  const waitedMs = context.nowMs - (container.pullRequestedMs ?? context.nowMs);
  return { request, image, tookMs: took ?? 0, waitedMs, ...(error ? { error } : {}) };
}

function keepImage({ context }: Kubelet, image: string, sizeBytes: number): void {
  const reference = parseImageReference(image);
  const repository = reference ? `${reference.registry}/${reference.repository}` : image;
  const id = `${repository}@sha256:${textHex64(image)}`;
  context.memory.images.set(image, { id, sizeBytes, names: [id, reference?.full ?? image] });
  context.memory.imagesChanged = true;
}

/** `Successfully pulled image "nginx:1.7.9" in 2s (2s including waiting). Image size: 72005065 bytes.` */
export function pulledMessage(outcome: PullOutcome, sizeBytes: number): string {
  const took = `${formatDuration(outcome.tookMs)} (${formatDuration(outcome.waitedMs)} including waiting)`;
  return `Successfully pulled image "${outcome.image}" in ${took}. Image size: ${sizeBytes} bytes.`;
}

/** Whether the image has to be asked for: as the pull policy and the images present say. */
export function mustPull(policy: string | undefined, image: string, present: boolean): boolean {
  const effective = policy ?? (parseImageReference(image)?.tag === 'latest' ? 'Always' : 'IfNotPresent');
  return effective === 'Always' || (effective === 'IfNotPresent' && !present);
}
