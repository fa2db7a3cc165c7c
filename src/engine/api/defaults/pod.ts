/**
 * Defaults of Pods: those of every PodSpec, and those that only a real Pod gets. Fills in place.
 * Follows pkg/apis/core/v1/defaults.go (SetDefaults_Pod, defaultPodRequests).
 * Left out: huge pages at Pod level.
 */
import type { KubeObject } from '../meta';
import { addQuantities, compareQuantities } from '../quantity';
import type { Container, Pod, PodSpec } from '../types';
import { defaultPodSpec } from './pod-template';
import { defaultResourceList } from './resource-list';

/** Fills what a Pod leaves open. */
export function defaultPod(draft: KubeObject): void {
  const pod = draft as Pod;
  pod.spec ??= { containers: [] };
  const { spec } = pod;
  defaultPodSpec(spec);
  // In a Pod, not in a template, a negative period is taken for the shortest one.
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) spec.terminationGracePeriodSeconds = 1;
  for (const container of spec.containers) defaultRequestsFromLimits(container);
  for (const container of spec.initContainers ?? []) defaultRequestsFromLimits(container);
  if (spec.resources) defaultPodResources(spec);
  spec.enableServiceLinks ??= true;
  if (spec.hostNetwork) {
    defaultHostPorts(spec.containers);
    defaultHostPorts(spec.initContainers);
  }
}

function defaultRequestsFromLimits({ resources }: Container): void {
  if (!resources?.limits) return;
  const requests = resources.requests ?? {};
  for (const name in resources.limits) requests[name] ??= resources.limits[name] as string;
  resources.requests = requests;
}

/** On the host's network a container's port is the host's port. */
function defaultHostPorts(containers: readonly Container[] | undefined): void {
  for (const container of containers ?? []) {
    for (const port of container.ports ?? []) port.hostPort ||= port.containerPort;
  }
}

const POD_LEVEL_RESOURCES = ['cpu', 'memory'];

function defaultPodResources(spec: PodSpec): void {
  const resources = spec.resources ?? {};
  defaultResourceList(resources.limits);
  defaultResourceList(resources.requests);
  const { limits } = resources;
  if (limits && Object.keys(limits).length > 0) {
    const requests = resources.requests ?? {};
    for (const name of POD_LEVEL_RESOURCES) {
      const wanted = requests[name] ?? aggregateRequests(spec, name) ?? limits[name];
      if (wanted !== undefined) requests[name] = wanted;
    }
    if (Object.keys(requests).length > 0) resources.requests = requests;
  }
}

/** What all containers of a Pod together request of a resource at any one time, or undefined when none does. */
export function aggregateRequests(spec: PodSpec, name: string): string | undefined {
  // Containers run together with all sidecars; an init container runs with the sidecars started before it.
  let together: string | undefined;
  for (const container of spec.containers ?? []) together = plus(together, container.resources?.requests?.[name]);
  let sidecars: string | undefined;
  let peak: string | undefined;
  for (const container of spec.initContainers ?? []) {
    const amount = container.resources?.requests?.[name];
    if (container.restartPolicy === 'Always') {
      together = plus(together, amount);
      sidecars = plus(sidecars, amount);
      peak = larger(peak, sidecars);
    } else peak = larger(peak, plus(sidecars, amount));
  }
  return larger(together, peak);
}

function plus(left: string | undefined, right: string | undefined): string | undefined {
  return left === undefined ? right : right === undefined ? left : addQuantities(left, right);
}

function larger(left: string | undefined, right: string | undefined): string | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return compareQuantities(left, right) >= 0 ? left : right;
}
