/**
 * The page's address: it always carries what is shown, so that copying it is sharing, and the browser's Back and Forward walk through the scenarios
 * opened and the moments jumped to. Each entry also knows the slot it belongs to, where more is kept than an address can carry.
 */

import { encodeLink, looksOf, placeOf, placeText } from '../../scenario/share-link';
import type { Moment } from '../../worker/protocol';
import { type Point, useHistory } from './history';
import type { Later } from './in-time';
import { useSession } from './session';

/** What an entry of the browser's history knows. */
export interface Stop {
  readonly slot: string;
  readonly cursor: Moment;
  readonly branch: number;
}

/** What the address needs of the browser. */
export interface AddressPorts {
  /** Writes the entry at hand, or a further one. An empty fragment means none. */
  readonly write: (how: 'replace' | 'push', stop: Stop, fragment: string) => void;
  /** What the entry at hand carries, and whether the page has written what the browser knows of it. */
  readonly present: () => { readonly fragment: string; readonly isOwn: boolean };
  /** The scenario is too long for an address. */
  readonly tooLong: () => void;
  /** Where the text in the editor is kept. */
  readonly slot: () => string;
  readonly later: Later;
  readonly now: () => number;
}

/** While somebody works the address follows at most so often: browsers refuse more than a few times a second. */
const WAIT_MS = 700;
/** Moments looked at faster one after the other (a key is held down) are one jump; so are those of one press of the pointer, however slow. */
const ONE_JUMP_MS = 400;
/** Longer addresses are cut or refused on the way. */
export const MAX_FRAGMENT = 16_000;

/** Longer texts are not even packed to see. */
const MAX_CHARACTERS = 200_000;

/** The scenario of a point as an address carries it; empty when that is too long for one. */
export function scenarioOf({ run, text }: Point): string {
  const further = text === run.text ? 0 : text.length;
  if (run.text.length + further > MAX_CHARACTERS) return '';
  const inputs = run.branches.find(({ id }) => id === run.current)?.inputs;
  const fragment = encodeLink({ text: run.text, edited: text, inputs });
  return fragment.length > MAX_FRAGMENT ? '' : fragment;
}

/** See the header. */
export class Address {
  private cancel: (() => void) | undefined;
  private isWatching = false;
  private jumpedAtMs = -Infinity;
  private press: 'up' | 'down' | 'has jumped' = 'up';
  /** As it was written last. */
  private written: string | undefined;
  /** The text of which it was said that it is too long. */
  private toldOf: string | undefined;
  /** Packing takes a while, and of a point it is always the same. */
  private packed: { readonly point: Point; readonly scenario: string } | undefined;

  constructor(private readonly ports: AddressPorts) {}

  /** From now on the address follows the page. */
  watch(): void {
    if (this.isWatching) return;
    this.isWatching = true;
    useHistory.subscribe((state, before) => {
      if (state.present !== before.present) this.follow();
    });
    useSession.subscribe((state, before) => {
      if ((['cursor', 'view', 'selected', 'inspectorTab'] as const).every((name) => state[name] === before[name]))
        return;
      this.cancel ??= this.ports.later(() => this.follow(), WAIT_MS);
    });
    this.follow();
  }

  /** The pointer is pressed, or let go. */
  pressed(isDown: boolean): void {
    this.press = isDown ? 'down' : 'up';
  }

  /** Another moment is about to be jumped to. */
  jump(): void {
    const nowMs = this.ports.now();
    const isSame = this.press === 'has jumped' || nowMs - this.jumpedAtMs <= ONE_JUMP_MS;
    if (!isSame) this.push();
    this.jumpedAtMs = nowMs;
    if (this.press === 'down') this.press = 'has jumped';
  }

  /** Something else is about to be opened: Back leads here. */
  push(): void {
    if (!this.isWatching) return;
    this.write('replace');
    this.write('push');
  }

  /** What is shown goes into the address now. */
  follow(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.write('replace');
  }

  /** A link that has come into the address and was not heard of yet: nothing is written over it. */
  get coming(): string | undefined {
    const { fragment, isOwn } = this.ports.present();
    return isOwn || this.written === undefined || fragment === this.written ? undefined : fragment;
  }

  /** What came was heard of. */
  heard(): void {
    this.written = undefined;
  }

  private write(how: 'replace' | 'push'): void {
    const { present } = useHistory.getState();
    // Another text is on its way.
    if (present?.slot !== this.ports.slot() || this.coming !== undefined) return;
    const { cursor, current, view, branch, selected, inspectorTab } = useSession.getState();
    if (this.packed?.point !== present) this.packed = { point: present, scenario: scenarioOf(present) };
    const { scenario } = this.packed;
    if (scenario === '' && this.toldOf !== present.slot) {
      this.toldOf = present.slot;
      this.ports.tooLong();
    }
    const looks = looksOf({ view, ...(selected === null ? {} : { select: selected, tab: inspectorTab }) });
    const fragment = scenario && [scenario, placeText(placeOf(cursor, current)), ...looks].join('&');
    this.ports.write(how, { slot: present.slot, cursor, branch }, fragment);
    this.written = this.ports.present().fragment;
  }
}
