/** How everything stands, and what was done to get there: what it takes to come back here after a crash or a reload, and what undo goes back through. */
import type { TimedInput } from '../../engine/simulation';
import type { Place, SavedRun } from '../../worker/protocol';
import { type Entry, recorded, sharing, useHistory } from './history';
import { useSession } from './session';

/** What it takes to get back to where we are, should the worker die. */
export interface Carried {
  readonly text: string;
  readonly inputs?: readonly TimedInput[];
  readonly saved?: Omit<SavedRun, 'text'>;
  /** Where it is about to open; once it has, we are at the moment that the page shows. */
  readonly at?: Place;
}

/** See the header. */
export class Standing {
  carried: Carried = { text: '' };
  /** The text in the editor as the worker was last told it: something newer may have been typed. */
  private text = '';
  private keptIn = '';
  private asked: Promise<void> = Promise.resolve();
  /** What was done while the worker died: recorded once it has come back and how everything stands is known. */
  private unknown: Omit<Entry, 'after'> | undefined;

  constructor(
    private readonly slot: () => string,
    private readonly now: () => number,
  ) {}

  /** {@link text}. */
  get told(): string {
    return this.text;
  }

  /** The text in the editor has been kept nowhere that the worker was told of: it begins a session. */
  get isElsewhere(): boolean {
    return this.keptIn !== this.slot();
  }

  /** The worker is told a text that stands in the editor. */
  settle(text: string): void {
    this.text = text;
    this.keptIn = this.slot();
  }

  /** How everything stands is being asked for: nothing is done before that is known, or it could not be undone. */
  known<T>(answer: Promise<T>): Promise<T> {
    const over = () => undefined;
    this.asked = answer.then(over, over);
    return answer;
  }

  /** The run is now this. */
  remember({ text, ...saved }: SavedRun): void {
    this.carried = { text, saved };
    this.mark();
    const { unknown } = this;
    this.unknown = undefined;
    if (unknown) this.record(unknown);
  }

  /** Here is where everything stands. */
  mark(): void {
    const { saved, text: base } = this.carried;
    if (!saved) return;
    const { present } = useHistory.getState();
    const { cursor } = useSession.getState();
    const point = { slot: this.keptIn, text: this.text, run: { ...saved, text: base }, cursor };
    useHistory.setState({ present: present ? sharing(point, present) : point });
  }

  /** Does something, and records it as what undo takes back next. */
  async doing(kind: Entry['kind'], label: string, task: () => Promise<void>): Promise<void> {
    await this.asked;
    this.mark();
    this.unknown = undefined;
    const { present: before } = useHistory.getState();
    await task();
    this.mark();
    if (!before) return;
    const done = { kind, label, before, atMs: this.now() };
    if (this.carried.saved) this.record(done);
    else this.unknown = done;
  }

  private record(done: Omit<Entry, 'after'>): void {
    const { present: after, past, future } = useHistory.getState();
    if (after) useHistory.setState(recorded({ past, future }, { ...done, after }));
  }
}
