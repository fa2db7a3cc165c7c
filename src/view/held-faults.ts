/** The faults that hold at the head of a branch, as they are shown and healed. */
import type { ActiveFault } from '../engine/client/environment';
import type { Simulation } from '../engine/simulation';

/** One of them, or several alike: they are healed together. */
export interface HeldFault extends Pick<ActiveFault, 'type' | 'node' | 'component' | 'image' | 'sinceMs' | 'step'> {
  /** What was said when it struck. */
  readonly text: string;
}

/** See the header; of those that are alike, the first. A machine that was told to shut down, and is off, is one fault. */
export function heldFaults(simulation: Pick<Simulation, 'activeFaults' | 'traceAt'>): readonly HeldFault[] {
  const faults = simulation.activeFaults();
  const isOff = ({ type, node }: ActiveFault) =>
    type === 'node-crash' && faults.some((other) => other.type === 'node-shutdown' && other.node === node);
  const held = new Map<string, HeldFault>();
  for (const fault of faults) {
    const { type, node, component, image, sinceMs, step } = fault;
    const name = JSON.stringify([type, node, component, image]);
    if (held.has(name) || isOff(fault)) continue;
    const text = simulation.traceAt(step).message;
    held.set(name, { type, node, component, image, sinceMs, step, text });
  }
  return [...held.values()];
}
