/** What an image's own program does with its files before it serves, and whether it can. Follows the entrypoints of the images on Docker Hub. */
import { momentOf, print } from './container-output';
import { keepFiles, visibleFiles } from './filesystem';
import { emergency, entrypointOutput } from './image-output';
import { readOnlyRefusal } from './read-only-root';
import type { Machine, MachineContainer } from './records';

/** A program opens its files, or brings them into an empty directory; false when others are in its way. */
export function openData(machine: Machine, container: MachineContainer): boolean {
  const { context } = machine;
  const { data, files: own } = container.behaviour;
  const refusal = readOnlyRefusal(machine, container);
  if (refusal !== undefined) {
    print(machine, container.id, 'stderr', refusal);
    return false;
  }
  const problem = container.behaviour.refusal;
  if (problem) {
    const moment = momentOf(machine, container);
    print(machine, container.id, 'stdout', entrypointOutput(container.behaviour.catalogueName ?? '', moment));
    print(machine, container.id, 'stderr', emergency(problem.said, moment));
    return false;
  }
  if (!data || container.mounts.length === 0) return true;
  const seen = visibleFiles(context, container);
  const there = Object.keys(seen).filter(
    (path) => path.startsWith(`${data.directory}/`) && path !== `${data.directory}/.`,
  );
  const isOwn = there.includes(`${data.directory}/${data.marker}`);
  if (!isOwn && there.length > 0 && data.refusal !== undefined) {
    print(machine, container.id, 'stderr', `${data.refusal}\n`);
    return false;
  }
  if (isOwn) return true;
  const marker = { [`${data.directory}/${data.marker}`]: '' };
  const files = keepFiles(context, container, { ...marker, ...own, ...seen });
  context.memory.containers.set(container.id, { ...container, files });
  return true;
}
