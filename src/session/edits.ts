/**
 * Edits of the text: what differs from what holds at a moment is applied there, in a branch unless nothing has happened yet after it. At the
 * moment that the last edit is shown at the next takes that one's place, so that typing makes one branch whatever was typed in between.
 */
import type { KubeObject } from '../engine/api/meta';
import type { Simulation } from '../engine/simulation';
import type { SourceDocument } from '../kubectl/yaml';
import { changesOf, heldAt, type TextChanges } from './applied-texts';
import type { Branches } from './branches';
import { type Cursor, isAtHead } from './cursor';
import { problemsOf, rehearse } from './edit';
import type { EditResult } from './session';

/** The latest edit, for as long as typing on replaces it. */
interface Edit {
  readonly base: Cursor;
  /** The branch that was edited, as it was before. */
  readonly from: number;
  readonly pristine: Simulation;
  /** The branch it is in: another, or the same where that had no future yet. */
  readonly made: number;
  readonly shown: Cursor;
}

/** See the header. */
export class Edits {
  private latest: Edit | undefined;

  constructor(
    private readonly lines: Branches,
    private readonly initial: readonly KubeObject[],
  ) {}

  /** Something else was done or chosen: the next edit is one of its own. */
  end(): void {
    this.latest = undefined;
  }

  /** Applies what differs; what is still being written is held back by the editor. */
  apply(documents: readonly SourceDocument[], cursor: Cursor): Partial<EditResult> {
    const objects = documents.map((document) => document.object);
    const { simulation: present } = this.lines.current;
    const shownChanges = this.changesAt(present, cursor, objects);
    if (countOf(shownChanges) === 0) return {};
    const edit = this.isShown(cursor) ? this.latest : undefined;
    const { base, pristine } = edit ?? { base: cursor, pristine: present };
    const changes = edit ? this.changesAt(pristine, base, objects) : shownChanges;
    const applied = countOf(changes);
    if (edit && applied === 0) {
      this.takeBack(edit);
      return { shown: base };
    }
    const { simulation, step, reasons } = rehearse(pristine, base, changes);
    if (reasons.length > 0) {
      const concerned = documents.filter(({ object }) => changes.changed.includes(object));
      return { problems: problemsOf(reasons, concerned) };
    }
    if (edit) this.takeBack(edit);
    const shown = step === undefined ? base : { step, timeMs: simulation.traceAt(step).time };
    this.keep(simulation, base, shown, labelOf(changes));
    return { applied, shown };
  }

  private changesAt({ inputs }: Simulation, { step }: Cursor, objects: readonly KubeObject[]): TextChanges {
    return changesOf(this.initial, heldAt(this.initial, inputs, step), objects);
  }

  private isShown({ step, timeMs }: Cursor): boolean {
    const { latest, lines } = this;
    return latest?.made === lines.current.id && latest.shown.step === step && latest.shown.timeMs === timeMs;
  }

  private keep(simulation: Simulation, base: Cursor, shown: Cursor, label: string): void {
    const { id: from, simulation: pristine } = this.lines.current;
    if (isAtHead(pristine, base)) this.lines.replace(from, simulation);
    else this.lines.addAt(base, simulation, label);
    this.latest = { base, from, pristine, made: this.lines.current.id, shown };
  }

  private takeBack({ from, made, pristine }: Edit): void {
    if (made === from) this.lines.replace(from, pristine);
    else this.lines.drop(made);
    this.lines.select(from);
    this.latest = undefined;
  }
}

const countOf = ({ changed, vanished }: TextChanges): number => changed.length + vanished.length;

function labelOf({ changed, vanished }: TextChanges): string {
  const titles = (objects: readonly KubeObject[]) =>
    objects.map((object) => `${object.kind} ${object.metadata?.name ?? ''}`).join(', ');
  const parts = [changed.length > 0 && `apply ${titles(changed)}`, vanished.length > 0 && `delete ${titles(vanished)}`];
  return parts.filter(Boolean).join(', ');
}
