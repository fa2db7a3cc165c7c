/**
 * The branches of one session, by id. A branch that was brought back (after a crash, by undo) has only what was done by hand in it
 * until somebody goes there: then it is run anew, unless the same still runs or is the beginning of what does.
 */
import { deepEqual } from '../engine/api/plain';
import { isByHand, type Simulation, type TimedInput } from '../engine/simulation';
import { type Cursor, forkAt } from './cursor';

/** One line of time. The first has no parent. */
export interface BranchInfo {
  readonly id: number;
  readonly parent: number | null;
  /** The step at which it left its parent, and when that was. */
  readonly fromStep: number;
  readonly fromMs: number;
  readonly label: string;
  readonly simulation: Simulation;
}

/** A branch as plain data: enough to run it anew. */
export interface SavedBranch extends Omit<BranchInfo, 'simulation'> {
  readonly inputs: readonly TimedInput[];
}

type Origin = Omit<BranchInfo, 'id' | 'simulation'>;

/** Runs anew what was done by hand. */
type Start = (inputs: readonly TimedInput[]) => Simulation;

/** How many of the first inputs are the same. */
function commonOf(left: readonly TimedInput[], right: readonly TimedInput[]): number {
  const different = left.findIndex((input, index) => !deepEqual(input, right[index]));
  return different < 0 ? left.length : different;
}

class Branch implements BranchInfo {
  readonly parent: number | null;
  readonly fromStep: number;
  readonly fromMs: number;
  readonly label: string;
  private live: Simulation | undefined;

  constructor(
    readonly id: number,
    { parent, fromStep, fromMs, label }: Origin,
    private readonly source: Simulation | { readonly inputs: readonly TimedInput[]; readonly start: () => Simulation },
  ) {
    this.parent = parent;
    this.fromStep = fromStep;
    this.fromMs = fromMs;
    this.label = label;
    this.live = 'start' in source ? undefined : source;
  }

  get simulation(): Simulation {
    if (!this.live && 'start' in this.source) this.live = this.source.start();
    return this.live as Simulation;
  }

  /** What runs in it, if anybody has been there. */
  get running(): Simulation | undefined {
    return this.live;
  }

  /** What was done by hand in it; asking runs nothing. */
  get inputs(): readonly TimedInput[] {
    return (this.live ?? this.source).inputs;
  }
}

/** So many simulations that no branch has any more are kept, for undo and redo. */
const RETIRED = 24;

/** See the header. */
export class Branches {
  private readonly byId = new Map<number, Branch>();
  /** The latest that no branch has any more, the oldest first. */
  private retired: readonly Simulation[] = [];
  private nextId = 0;
  private currentId = 0;

  /** Begins with the first branch. */
  constructor(first: Simulation) {
    this.add({ parent: null, fromStep: 0, fromMs: 0, label: 'main' }, first);
  }

  /** All of them, in the order in which they arose. */
  get all(): readonly BranchInfo[] {
    return [...this.byId.values()];
  }

  /** The one being worked on. */
  get current(): BranchInfo {
    return this.byId.get(this.currentId) as Branch;
  }

  /** Goes to a branch. Throws RangeError when there is none of that id. */
  select(id: number): BranchInfo {
    if (!this.byId.has(id)) throw new RangeError(`there is no branch ${id}`);
    this.currentId = id;
    return this.current;
  }

  /** A new branch, which becomes the current one. */
  add(origin: Origin, simulation: Simulation): BranchInfo {
    const id = this.nextId++;
    this.byId.set(id, new Branch(id, origin, simulation));
    return this.select(id);
  }

  /** As {@link add}: one that leaves the current one at a moment. */
  addAt({ step, timeMs: fromMs }: Cursor, simulation: Simulation, label: string): BranchInfo {
    return this.add({ parent: this.current.id, fromStep: step, fromMs, label }, simulation);
  }

  /** Lets a branch go on in another simulation. */
  replace(id: number, simulation: Simulation): void {
    const branch = this.byId.get(id) as Branch;
    this.retire([branch]);
    this.byId.set(id, new Branch(id, branch, simulation));
  }

  /**
   * Goes to a branch in which exactly this was done by hand. Where there is none it is made: it leaves the one that goes the same way longest.
   */
  stand(inputs: readonly TimedInput[], label: string, start: Start): BranchInfo {
    const all = [...this.byId.values()];
    const same = all.find((branch) => deepEqual(branch.inputs, inputs));
    if (same) return this.select(same.id);
    const alike = all.map((branch) => commonOf(branch.inputs, inputs));
    const count = Math.max(...alike);
    const from = all[alike.indexOf(count)] as Branch;
    const parting = [from.inputs[count], inputs[count]].filter((input) => input !== undefined);
    const [fromStep, fromMs] = [
      Math.min(...parting.map((input) => (isByHand(input) ? input.afterStep : 0))),
      Math.min(...parting.map(({ atMs }) => atMs)),
    ];
    const id = this.nextId++;
    this.byId.set(id, this.branchOf(id, { parent: from.id, fromStep, fromMs, label }, inputs, start));
    return this.select(id);
  }

  /** Forgets a branch that nothing came of, and goes back to its parent. */
  drop(id: number): void {
    const branch = this.byId.get(id) as Branch;
    const { parent } = branch;
    if (parent === null) throw new RangeError('the first branch stays');
    this.retire([branch]);
    this.byId.delete(id);
    if (this.currentId === id) this.currentId = parent;
  }

  /** True when another branch left this one. */
  isParent(id: number): boolean {
    return this.all.some(({ parent }) => parent === id);
  }

  /** Everything as plain data. */
  save(): SavedBranch[] {
    return [...this.byId.values()].map(({ id, parent, fromStep, fromMs, label, inputs }) => {
      return { id, parent, fromStep, fromMs, label, inputs };
    });
  }

  /** Brings back what {@link save} gave; new ones are numbered from `nextId` on at least. */
  restore(saved: readonly SavedBranch[], current: number, start: Start, nextId = 0): void {
    this.retire([...this.byId.values()]);
    this.byId.clear();
    this.nextId = Math.max(this.nextId, nextId);
    for (const branch of saved) {
      const { id } = branch;
      this.byId.set(id, this.branchOf(id, branch, branch.inputs, start));
      this.nextId = Math.max(this.nextId, id + 1);
    }
    this.select(current);
    const used = new Set([...this.byId.values()].map(({ running }) => running));
    this.retired = this.retired.filter((simulation) => !used.has(simulation));
  }

  private branchOf(id: number, origin: Origin, inputs: readonly TimedInput[], start: Start): Branch {
    const same = this.retired.findLast((simulation) => deepEqual(simulation.inputs, inputs));
    return new Branch(id, origin, same ?? { inputs, start: () => this.beginningOf(inputs) ?? start(inputs) });
  }

  private retire(branches: readonly Branch[]): void {
    const running = branches.flatMap((branch) => branch.running ?? []);
    this.retired = [...this.retired, ...running].slice(-RETIRED - this.byId.size);
  }

  /** A branch of what runs in which only the first of what was done by hand there has been done, if these are the first. */
  private beginningOf(inputs: readonly TimedInput[]): Simulation | undefined {
    const all = [...this.retired, ...[...this.byId.values()].flatMap((branch) => branch.running ?? [])];
    for (const simulation of all.reverse()) {
      const next = simulation.inputs[inputs.length];
      if (!next || !isByHand(next) || next.afterStep > simulation.step) continue;
      if (!deepEqual(simulation.inputs.slice(0, inputs.length), inputs)) continue;
      const fork = forkAt(simulation, { step: next.afterStep, timeMs: next.atMs });
      if (deepEqual(fork.inputs, inputs)) return fork;
    }
    return undefined;
  }
}
