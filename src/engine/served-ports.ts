/** On which ports a container's program answers over TCP, as far as its image, a scenario or its manifest says. */
import type { Container, Pod } from './api/types';
import { containerBehaviour } from './machine/image-behaviour';
import type { Simulation } from './simulation';

/** See the header. What its mounted configuration says is not read. */
export function servedPorts({ config }: Simulation, pod: Pod, container: Container): readonly number[] {
  const { listeners } = containerBehaviour(config.programs, pod, container);
  return [...new Set(listeners.filter(({ protocol }) => protocol !== 'UDP').map(({ port }) => port))];
}
