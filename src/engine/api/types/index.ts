/**
 * The simulated kinds and everything inside them, as TypeScript types with upstream's names (no version prefix).
 * Quantities and times are strings; a top-level object always has metadata, spec and status where its kind does.
 */

export type { Condition, KubeObject, ObjectMeta, OwnerReference } from '../meta';
export type * from './generated';
export type { Event as CoreEvent } from './generated';
