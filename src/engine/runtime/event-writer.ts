/** What a component tells of in Events: what it remembers of those before, and how it names the next. */
import { formatMicroTimestamp } from '../api/timestamp';
import type { Client } from '../client/client';
import type { Component, Context } from '../client/component';
import { newEventMemory, saveEventMemory } from '../client/event-memory';
import { recordEvent } from '../client/event-recorder';
import { recordNewerEvent } from '../client/newer-event-recorder';
import type { RunnerState } from './checkpoint';
import { EventNames } from './event-names';
import type { World } from './world';

type SavedEvents = Pick<RunnerState, 'eventCounter' | 'eventMemory'>;

/** See the header. */
export class EventWriter {
  private memory = newEventMemory();
  private readonly names: EventNames;
  private readonly reporter: { readonly component: string; readonly host?: string };

  constructor(
    private readonly world: World,
    { name, eventSource = name, node }: Component,
    private readonly client: Client,
  ) {
    this.names = new EventNames(world, name);
    this.reporter = node ? { component: eventSource, host: node } : { component: eventSource };
  }

  record(...[object, type, reason, message, options]: Parameters<Context['events']['record']>): void {
    const { world, client, reporter, memory } = this;
    const newName = (namespace: string, name: string) => this.names.next(namespace, name);
    const { firing, nowMs, now } = world;
    const { elapsedMs } = firing;
    const { fieldPath, annotations, action, related } = options ?? {};
    const source = { reporter, client, memory, nowMs, now, newName };
    if (action) {
      const micro = formatMicroTimestamp(world.startUnixMs + nowMs);
      recordNewerEvent({ ...source, now: micro }, object, {
        type,
        reason,
        message,
        action,
        ...(related ? { related } : {}),
      });
    } else {
      recordEvent(source, object, { type, reason, message, fieldPath, ...(annotations ? { annotations } : {}) });
    }
    // Events are sent by the recorder's own goroutine.
    firing.elapsedMs = elapsedMs;
  }

  /** As a process that starts over does. */
  forget(): void {
    this.memory = newEventMemory();
  }

  save(): SavedEvents {
    return { eventCounter: this.names.count, eventMemory: saveEventMemory(this.memory) };
  }

  /** Whether nothing was told of since it was saved. */
  isAt({ eventCounter, eventMemory: [latest] }: SavedEvents): boolean {
    return this.names.count === eventCounter && this.memory.save() === latest;
  }

  restore({ eventCounter, eventMemory }: SavedEvents): void {
    this.names.count = eventCounter;
    this.memory = newEventMemory(eventMemory);
  }
}
