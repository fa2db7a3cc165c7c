/**
 * The images of a machine: how long a pull takes, how it fails in the runtime's words, what is kept.
 * Follows containerd's pull and resolve errors. Sizes and digests are made up.
 */
import type { Container, Pod } from '../api/types';
import { hasFault } from '../client/environment';
import type { PullError } from './cri';
import { textHex64 } from './hex';
import { matchesImage, pullBehaviour } from './image-behaviour';
import { parseImageReference } from './image-reference';
import type { Machine, MachineContext } from './records';

/** How long the runtime takes to find that it has an image already. */
const PRESENT_CHECK_MS = 10;

/** How long pulling an image takes from now. */
export function pullMs({ context, programs }: Machine, pod: Pod, spec: Container): number {
  const present = context.memory.images.has(spec.image ?? '');
  return present ? PRESENT_CHECK_MS : pullBehaviour(programs, pod, spec).durationMs;
}

/** A reference as the runtime completes it. */
const fullName = (image: string): string => parseImageReference(image)?.full ?? image;

/** containerd's words for an image of which its registry tells nothing. */
function unresolved(image: string, why: string): string {
  const full = fullName(image);
  return `failed to pull and unpack image "${full}": failed to resolve reference "${full}": ${why}`;
}

function notFound(image: string): string {
  return `rpc error: code = NotFound desc = ${unresolved(image, `${fullName(image)}: not found`)}`;
}

function unreachable(image: string): string {
  const { registry, repository, tag, digest } = parseImageReference(image) ?? {};
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  const url = `https://${host}/v2/${repository}/manifests/${tag || digest}`;
  return unresolved(image, `failed to do request: Head "${url}": dial tcp: i/o timeout`);
}

/** What a registry without credentials comes to: Docker Hub gives a token that is good for nothing, GitHub none, others ask for a name and a password. */
function denied(image: string): string {
  const { registry, repository = '' } = parseImageReference(image) ?? {};
  if (registry === 'ghcr.io') {
    const url = `https://${registry}/token?scope=repository%3A${repository.replaceAll('/', '%2F')}%3Apull&service=${registry}`;
    const why = `unexpected status from GET request to ${url}: 401 Unauthorized`;
    return unresolved(image, `failed to authorize: failed to fetch anonymous token: ${why}`);
  }
  const isHub = registry === 'docker.io';
  const why = isHub
    ? 'server message: insufficient_scope: authorization failed'
    : 'authorization failed: no basic auth credentials';
  return unresolved(image, `pull access denied, repository does not exist or may require authorization: ${why}`);
}

function refused(image: string): string {
  const { registry, repository } = parseImageReference(image) ?? {};
  const url = `https://${registry}/v2/${repository}/manifests/latest`;
  return unresolved(image, `failed to do request: Head "${url}": dial tcp: connect: connection refused`);
}

/** Errors that the kubelet knows by name. Follows evalCRIPullErr in pkg/kubelet/images/image_manager.go. */
function namedError(reason: string, image: string): PullError {
  const [why, text] =
    reason === 'RegistryUnavailable'
      ? ['the registry is unavailable', refused(image)]
      : ['the signature validation failed', `source image rejected: no signature found for ${fullName(image)}`];
  return { reason, message: `image pull failed for ${image} because ${why}: ${text}`, text: `${reason}: ${text}` };
}

function pullError({ context }: Machine, image: string, programError: string | undefined): PullError | undefined {
  const { environment } = context;
  if (hasFault(environment, 'registry-down')) return { reason: 'ErrImagePull', message: unreachable(image) };
  for (const fault of environment.faults.values()) {
    if (fault.type === 'image-pull-error' && fault.image !== undefined && matchesImage(fault.image, image)) {
      return { reason: 'ErrImagePull', message: notFound(image) };
    }
  }
  if (programError === undefined) return undefined;
  if (programError === 'denied') return { reason: 'ErrImagePull', message: denied(image) };
  if (programError === 'RegistryUnavailable' || programError === 'SignatureValidationFailed') {
    return namedError(programError, image);
  }
  const isReason = /^[A-Z][A-Za-z]+$/.test(programError);
  if (!isReason) return { reason: 'ErrImagePull', message: programError };
  return { reason: programError, message: notFound(image) };
}

/** A pull has come to its end: keeps the image, or says why not. */
export function pullImage(
  machine: Machine,
  pod: Pod,
  spec: Container,
  registries: readonly string[],
): PullError | undefined {
  const { memory } = machine.context;
  const { images } = memory;
  const image = spec.image ?? '';
  const { error: said, sizeBytes, credentials } = pullBehaviour(machine.programs, pod, spec);
  const error = said === UNREADABLE ? undefined : said;
  const isLocked = credentials !== undefined && !registries.includes(credentials);
  const failure = pullError(machine, image, isLocked ? 'denied' : error);
  if (failure || images.has(image)) return failure;
  const reference = parseImageReference(image);
  const repository = reference ? `${reference.registry}/${reference.repository}` : image;
  const id = `${repository}@sha256:${textHex64(image)}`;
  memory.load = { ...memory.load, imageBytes: memory.load.imageBytes + sizeBytes };
  images.set(image, {
    id,
    sizeBytes,
    names: [id, reference?.full ?? image],
    pulledAtMs: machine.context.nowMs,
    usedUntilMs: -1,
    ...(credentials === undefined ? {} : { credentials }),
  });
  return undefined;
}

/** A pull error by which a scenario says that the runtime can't even tell whether it has an image. */
const UNREADABLE = 'ImageInspectError';

/** containerd's words when it can't tell whether it has an image. */
export function inspectError({ programs }: Machine, pod: Pod, spec: Container): string | undefined {
  if (pullBehaviour(programs, pod, spec).error !== UNREADABLE) return undefined;
  const full = fullName(spec.image ?? '');
  return `rpc error: code = Unknown desc = can not resolve "${full}" locally: content digest sha256:${textHex64(full)}: not found`;
}

/** Ids of images of which there are containers. */
export function imagesInUse({ memory }: MachineContext): Set<string> {
  const used = new Set<string>();
  for (const { spec } of memory.containers.values()) {
    const image = memory.images.get(spec.image ?? '');
    if (image) used.add(image.id);
  }
  return used;
}

/** Deletes an image. */
export function removeImage({ memory }: MachineContext, id: string): void {
  for (const [image, { id: own, sizeBytes }] of memory.images) {
    if (own !== id) continue;
    memory.images.delete(image);
    memory.load = { ...memory.load, imageBytes: memory.load.imageBytes - sizeBytes };
    return;
  }
}
