/** The containers of a Pod as commands choose and name them. Follows staging/src/k8s.io/kubectl/pkg/cmd/util/podcmd/podcmd.go. */
import { allContainers } from '../engine/api/pod';
import type { Pod } from '../engine/api/types';
import { KubectlError } from './errors';

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

type Named = readonly { readonly name: string }[] | undefined;

const names = (containers: Named, suffix = ''): string[] => (containers ?? []).map(({ name }) => `${name}${suffix}`);

/** `app, sidecar (init)`. */
export function allContainerNames({ spec }: Pod): string {
  const { containers, ephemeralContainers, initContainers } = spec;
  return [...names(containers), ...names(ephemeralContainers, ' (ephem)'), ...names(initContainers, ' (init)')].join(
    ', ',
  );
}

/** The names of all containers: those of the beginning first. */
export function containersInOrder({ spec }: Pod): string[] {
  return names(allContainers(spec));
}

/** Whether a Pod has such a container. */
export function hasContainer(pod: Pod, name: string): boolean {
  return containersInOrder(pod).includes(name);
}

/** The container that an annotation prefers. */
export function annotatedContainer(pod: Pod): string {
  return pod.metadata.annotations?.[DEFAULT_CONTAINER] ?? '';
}

/** The sentence for a container that was chosen for want of a name; empty for a Pod of one. */
export function defaultedText(pod: Pod, name: string): string {
  const { containers, initContainers, ephemeralContainers } = pod.spec;
  const isOnly = containers.length < 2 && !initContainers?.length && !ephemeralContainers?.length;
  return isOnly ? '' : `Defaulted container "${name}" out of: ${allContainerNames(pod)}\n`;
}

/** Throws for a container that the Pod does not have. */
export function requireContainer(pod: Pod, name: string): void {
  if (hasContainer(pod, name)) return;
  throw new KubectlError(
    `container ${name} is not valid for pod ${pod.metadata.name} out of: ${allContainerNames(pod)}`,
  );
}

/** The container that is meant, and what is said of the choice. Follows FindOrDefaultContainerByName. */
export function chosenContainer(pod: Pod, wanted: string): { readonly name: string; readonly said: string } {
  const name = wanted || annotatedContainer(pod);
  if (name) {
    requireContainer(pod, name);
    return { name, said: '' };
  }
  const first = pod.spec.containers[0]?.name ?? '';
  return { name: first, said: defaultedText(pod, first) };
}
