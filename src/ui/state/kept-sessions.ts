/**
 * Keeps the session as it goes: what was done with a text, every branch of it, the moment shown and what the terminal printed, in IndexedDB under the slot of
 * the text. What has not got there when the page goes away goes into the tab's own storage, which is written at once.
 */

import type { Table } from './browser-table';
import { type History, isSame, type Point, useHistory, within } from './history';
import type { Later } from './in-time';
import { type CommandRecord, type InspectorTab, type SessionState, useSession } from './session';

/** A session as it is kept. */
export interface KeptSession {
  readonly point: Point;
  readonly history: History;
  readonly commands: readonly CommandRecord[];
  readonly selected: string | null;
  readonly view: SessionState['view'];
  readonly inspectorTab: InspectorTab;
}

/** What keeping needs of the browser. */
export interface KeepingPorts {
  readonly table: Table<KeptSession>;
  /** This tab's own, across reloads. */
  readonly tab: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly later: Later;
  /** Told what was done in the cluster of a slot's text, and whether anything of it by hand. */
  readonly noted: (slot: string, branches: Point['run']['branches'], byHand: boolean) => void;
  /** Told whether sessions can be kept. */
  readonly said: (isKept: boolean) => void;
}

/** The moment shown is kept at most so often while time plays. */
const WAIT_MS = 500;
const LAST = 'kubestep.last';
const MAX_LAST_CHARACTERS = 1_500_000;
/** So much of the terminal is kept. */
const COMMANDS = 40;
const OUTPUT_CHARACTERS = 20_000;

/** See the header. */
export class KeptSessions {
  private cancel: (() => void) | undefined;
  private isWatching = false;
  /** How many are being written. On a busy machine more than one would only delay each other: the latest waits. */
  private writing = 0;
  private waiting: KeptSession | undefined;
  /** What was told of last: the run, and whether anything had been done. An act is in the run before it is in the history. */
  private noted: { readonly run: Point['run']; readonly byHand: boolean } | undefined;

  constructor(private readonly ports: KeepingPorts) {}

  /** From now on whatever changes is kept. */
  watch(): void {
    if (this.isWatching) return;
    this.isWatching = true;
    useHistory.subscribe(() => this.write());
    useSession.subscribe((state, before) => {
      const isOther = (['cursor', 'commands', 'selected', 'view', 'inspectorTab'] as const).some(
        (name) => state[name] !== before[name],
      );
      if (isOther) this.cancel ??= this.ports.later(() => this.write(), WAIT_MS);
    });
  }

  /** The session of a slot as it was kept; undefined when there is none. */
  async get(slot: string): Promise<KeptSession | undefined> {
    if (this.waiting?.point.slot === slot) return this.waiting;
    const last = this.lastOf(slot);
    const kept = await this.ports.table.get(slot).then(sessionOf, () => undefined);
    if (!last || !kept) return last ?? kept;
    const isLatest = isSame(last.point, kept.point);
    return isLatest ? { ...last, history: kept.history } : last;
  }

  /** Forgets the session of a slot. */
  forget(slot: string): void {
    this.ports.table.remove(slot).catch(() => undefined);
  }

  /** The page may be going away. */
  flush(): void {
    const session = this.present();
    if (!session) return;
    this.write('now');
    try {
      const json = JSON.stringify({ ...session, history: { past: [], future: [] } });
      if (json.length <= MAX_LAST_CHARACTERS) this.ports.tab.setItem(LAST, json);
      else this.ports.tab.removeItem(LAST);
    } catch {
      // What was written before is all there is.
    }
  }

  private write(when: 'in turn' | 'now' = 'in turn'): void {
    this.cancel?.();
    this.cancel = undefined;
    const session = this.present();
    if (!session) return;
    const { point, history } = session;
    const { run } = point;
    const byHand = history.past.length > 0;
    if (this.noted?.run !== run || this.noted.byHand !== byHand) this.ports.noted(point.slot, run.branches, byHand);
    this.noted = { run, byHand };
    const { waiting } = this;
    this.waiting = undefined;
    if (this.writing > 0 && when === 'in turn' && (!waiting || waiting.point.slot === point.slot)) {
      this.waiting = session;
      return;
    }
    if (waiting) void this.put(waiting);
    void this.put(session);
  }

  private async put(session: KeptSession): Promise<void> {
    this.writing += 1;
    const isKept = await this.ports.table.put(session.point.slot, session).then(
      () => true,
      () => false,
    );
    this.writing -= 1;
    this.ports.said(isKept);
    const { waiting } = this;
    if (this.writing > 0 || !waiting) return;
    this.waiting = undefined;
    void this.put(waiting);
  }

  private present(): KeptSession | undefined {
    const { present, past, future } = useHistory.getState();
    if (!present) return undefined;
    const { cursor, commands, selected, view, inspectorTab } = useSession.getState();
    return {
      point: { ...present, cursor },
      history: within({ past, future }, present.slot),
      commands: commands.slice(-COMMANDS).map(shortened),
      selected,
      view,
      inspectorTab,
    };
  }

  /** What this tab wrote as it went away, once: it has no history, which the table may have. */
  private lastOf(slot: string): KeptSession | undefined {
    try {
      const session = sessionOf(JSON.parse(this.ports.tab.getItem(LAST) ?? 'null'));
      this.ports.tab.removeItem(LAST);
      return session?.point.slot === slot ? session : undefined;
    } catch {
      return undefined;
    }
  }
}

function shortened(record: CommandRecord): CommandRecord {
  if (!record.output || record.output.stdout.length <= OUTPUT_CHARACTERS) return record;
  const { printed: _ofTheWhole, ...output } = record.output;
  return { ...record, output: { ...output, stdout: `${output.stdout.slice(0, OUTPUT_CHARACTERS)}…\n` } };
}

/** What was found, if it looks like a session: another release may have written it. */
function sessionOf(found: unknown): KeptSession | undefined {
  const session = found as Partial<KeptSession> | null | undefined;
  const { point, history, commands } = session ?? {};
  const isWhole =
    typeof point?.text === 'string' &&
    typeof point.run?.text === 'string' &&
    Array.isArray(point.run.branches) &&
    Number.isInteger(point.cursor?.step) &&
    Array.isArray(history?.past) &&
    Array.isArray(commands);
  return isWhole ? (session as KeptSession) : undefined;
}
