/** How a component sees others that it is joined to by physics, not by the API server: its machine, and what it declares to read. */
import type { Component, Context } from '../client/component';

interface Surroundings {
  contextOf(actor: string): Context | undefined;
}

/** The machine that a component runs on. */
export function machineOf(world: Surroundings, { name, machine }: Component): Context {
  const context = machine === undefined ? undefined : world.contextOf(machine);
  if (!context) throw new Error(`${name} runs on no machine`);
  return context;
}

/** Another component; the part of its name before a slash must be among the `reads` of the one that asks. */
export function peerOf(world: Surroundings, { name, reads = [] }: Component, actor: string): Context | undefined {
  for (const sort of reads)
    if (actor === sort || (actor.startsWith(sort) && actor[sort.length] === '/')) return world.contextOf(actor);
  throw new Error(`${name} does not say that it reads ${actor.split('/')[0]}`);
}
