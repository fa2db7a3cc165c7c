/**
 * Parts of a Pod with a path of their own, by which they may change while it runs: `resize` (cpu and memory of containers) and
 * `ephemeralcontainers`. All else that is sent is dropped.
 * Follows podResizeStrategy and podEphemeralContainersStrategy in pkg/registry/core/pod/strategy.go.
 */
import type { KubeObject } from '../../api/meta';
import type { Container, Pod, PodSpec } from '../../api/types';
import { validateEphemeralContainersUpdate } from '../../api/validation/pod-ephemeral-containers';
import { validatePodResize } from '../../api/validation/pod-resize';
import { decodeBody } from '../decode-body';
import { type Exchange, named } from '../exchange';
import { matchRequest } from '../object-meta';
import type { Strategy } from '../strategy';
import { patched } from '../verbs/patch';
import { replaceObject } from '../verbs/update';

/** Puts back all but a part of the spec; labels, annotations and the rest of metadata too. */
function keepingAllBut(part: (spec: PodSpec, old: PodSpec) => PodSpec): NonNullable<Strategy['prepareForUpdate']> {
  return (draft, old) => {
    const { generation } = draft.metadata;
    draft.metadata = { ...old.metadata, generation };
    draft.spec = part((draft as Pod).spec, (old as Pod).spec);
  };
}

/** What a resize leaves. Containers that are others than before are left to validation. */
function resized(spec: PodSpec, old: PodSpec): PodSpec {
  const { containers, initContainers = [] } = spec;
  const { initContainers: inits = [] } = old;
  if (containers.length !== old.containers.length || initContainers.length !== inits.length) return spec;
  const { resources: _before, ...rest } = old;
  return {
    ...rest,
    ...(spec.resources ? { resources: spec.resources } : {}),
    containers: withResources(containers, old.containers),
    ...(old.initContainers ? { initContainers: withResources(initContainers, inits) } : {}),
  };
}

function withResources(containers: Container[], old: readonly Container[]): Container[] {
  if (containers.some(({ name }, index) => name !== old[index]?.name)) return containers;
  return old.map((container, index) => {
    const { resources: _amounts, resizePolicy: _policy, ...rest } = container;
    const { resources, resizePolicy } = containers[index] as Container;
    return { ...rest, ...(resources ? { resources } : {}), ...(resizePolicy ? { resizePolicy } : {}) };
  });
}

function withEphemeralContainers({ ephemeralContainers }: PodSpec, old: PodSpec): PodSpec {
  const { ephemeralContainers: _before, ...rest } = old;
  return ephemeralContainers?.length ? { ...rest, ephemeralContainers } : rest;
}

const RESIZE: Strategy = {
  prepareForUpdate: keepingAllBut(resized),
  validateUpdate: validatePodResize,
  warningsOnUpdate: () => [],
};

const EPHEMERAL_CONTAINERS: Strategy = {
  prepareForUpdate: keepingAllBut(withEphemeralContainers),
  validateUpdate: validateEphemeralContainersUpdate,
  warningsOnUpdate: () => [],
};

function replacePart(exchange: Exchange, old: KubeObject, draft: KubeObject): KubeObject {
  const { info, request } = exchange;
  const part = request.subresource === 'resize' ? RESIZE : EPHEMERAL_CONTAINERS;
  return replaceObject({ ...exchange, info: { ...info, strategy: { ...info.strategy, ...part } } }, old, draft);
}

/** Replaces the part that the path names. */
export function updatePodPart(exchange: Exchange): KubeObject {
  const draft = decodeBody(exchange);
  matchRequest(draft, exchange.request, exchange.info);
  return replacePart(exchange, named(exchange), draft);
}

/** Changes the part that the path names by a patch of the Pod. */
export function patchPodPart(exchange: Exchange): KubeObject {
  const old = named(exchange);
  return replacePart(exchange, old, patched(exchange, old, exchange.info));
}
