/**
 * Writes v1 Events as components do: one Event per distinct (object, reason, message, type) of a source; a repeat raises `count` and
 * `lastTimestamp` instead of adding another, and after ten similar ones in ten minutes they are folded under one
 * "(combined from similar events)" Event.
 * Follows client-go/tools/record/event.go and events_cache.go; the spam filter's token bucket is the recorder's, per source and object.
 */
import type { KubeObject } from '../api/meta';

/** What a component uses to tell people about an object. */
export interface EventRecorder {
  /** Records an Event about `object`. Reasons are upstream's CamelCase constants, messages upstream's words. */
  record(
    object: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    options?: { fieldPath?: string },
  ): void;
}
