/** Lanes of single steps: what people and faults did, evictions, Events. One pin for each bucket in which there are any; what only repeats itself is counted with the last. */
import { withoutSecretValues } from '../../engine/api/secret-command';
import type { Simulation } from '../../engine/simulation';
import type { TraceStep } from '../../engine/trace/trace';
import { isRepeated, type Weighable } from '../step-weight';
import { bucketOf, type Grid, within } from './grid';
import type { Lane, Pin } from './lane-shapes';
import type { Moments, TrackIndex } from './track-index';

type Readable = Weighable & Pick<Simulation, 'detailAt'>;

/** What a command leaves behind, as far as it matters here. */
interface Ended {
  readonly type?: string;
  readonly command?: string;
  readonly code?: number;
  readonly stderr?: string;
}

const GONE_WRONG = new Set(['refuse', 'reject', 'fail']);

/** How what happened at a step is shown. */
function toneOf({ actor, verb }: Pick<TraceStep, 'actor' | 'verb'>, detail: unknown): Pin['tone'] {
  if (actor === 'fault') return 'fault';
  const { type, code = 0 } = (detail ?? {}) as Ended;
  if (type === 'command' && code !== 0) return 'refused';
  return actor === 'user' && GONE_WRONG.has(verb) ? 'refused' : 'act';
}

/** The command that a step carried out, else its sentence. */
function labelOf({ message }: TraceStep, detail: unknown): string {
  const { type, command } = (detail ?? {}) as Ended;
  return type === 'command' && command ? withoutSecretValues(command) : message;
}

type Note = (record: TraceStep, detail: unknown) => Pick<Pin, 'tone' | 'text'>;

function pinsOf(simulation: Readable, { times, steps }: Moments, grid: Grid, note: Note): Pin[] {
  const pins: Pin[] = [];
  const { first, end } = within(times, grid);
  let bucket = -1;
  for (let at = first; at < end; at += 1) {
    const own = bucketOf(grid, times[at]!);
    const step = steps[at]!;
    const record = simulation.traceAt(step);
    if (own === bucket || (pins.length > 0 && isRepeated(simulation, record))) {
      const last = pins[pins.length - 1]!;
      pins[pins.length - 1] = { ...last, more: last.more + 1 };
      continue;
    }
    bucket = own;
    pins.push({ step, timeMs: times[at]!, more: 0, ...note(record, simulation.detailAt(step)) });
  }
  return pins;
}

const NOTES: Readonly<Record<'acts' | 'evictions' | 'warnings', Note>> = {
  acts: (record, detail) => ({ tone: toneOf(record, detail), text: labelOf(record, detail) }),
  evictions: (record, detail) => ({
    tone: toneOf(record, detail) === 'refused' ? 'refused' : 'warning',
    text: record.message,
  }),
  warnings: ({ message }) => ({ tone: 'warning', text: message }),
};

const base = (id: string) => ({ id, name: id, namespace: '', kind: '' });

/** The lanes of what happened, as far as anything did: their names are texts of the page. */
export function happeningIds(index: TrackIndex): string[] {
  const any: readonly (readonly [string, Moments])[] = [
    ['acts', index.acts],
    ['evictions', index.evictions],
    ['warnings', index.events.Warning],
    ['events', index.events.Normal],
  ];
  return any.filter(([, { steps }]) => steps.length > 0).map(([id]) => id);
}

/** The steps of such a lane. */
export function happeningSteps(index: TrackIndex, id: string): Moments | undefined {
  const { acts, evictions, events } = index;
  return { acts, evictions, warnings: events.Warning, events: events.Normal }[id];
}

/** One of them. */
export function pinsLane(index: TrackIndex, simulation: Readable, id: string, grid: Grid): Lane {
  const moments = happeningSteps(index, id) as Moments;
  const note = NOTES[id as keyof typeof NOTES];
  return { ...base(id), type: 'pins', pins: pinsOf(simulation, moments, grid, note) };
}
