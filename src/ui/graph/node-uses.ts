/** What nodes use at the moment shown, by name; node-usage.tsx keeps it up to date while they are looked at. */
import { create } from 'zustand';

/** What one node uses. */
export interface NodeUse {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
}

export const useNodeUsage = create<{ readonly byNode: ReadonlyMap<string, NodeUse> }>(() => ({ byNode: new Map() }));
