/**
 * How many creations and deletions a controller has asked for and not yet seen in its own cache, per owner. Until
 * they are fulfilled (or five minutes old) the controller must not count its children again.
 * Follows pkg/controller/controller_utils.go (ControllerExpectations, UIDTrackingControllerExpectations).
 */

/** One owner's outstanding expectations. Replaced, never mutated. */
export interface Expectation {
  readonly creations: number;
  /** Keys of the objects whose deletion is awaited. */
  readonly deletions: readonly string[];
  readonly sinceMs: number;
}

/** Memory: owner key → expectation. */
export type Expectations = Map<string, Expectation>;

const TIMEOUT_MS = 5 * 60_000;

/** Whether the cache can be trusted for this owner. */
export function expectationsSatisfied(expectations: Expectations, owner: string, nowMs: number): boolean {
  const expectation = expectations.get(owner);
  if (!expectation) return true;
  if (expectation.creations <= 0 && expectation.deletions.length === 0) return true;
  return nowMs - expectation.sinceMs > TIMEOUT_MS;
}

/** Replaces an owner's expectations by this many creations. */
export function expectCreations(expectations: Expectations, owner: string, count: number, nowMs: number): void {
  expectations.set(owner, { creations: count, deletions: [], sinceMs: nowMs });
}

/** Replaces an owner's expectations by the deletion of these keys. */
export function expectDeletions(
  expectations: Expectations,
  owner: string,
  keys: readonly string[],
  nowMs: number,
): void {
  expectations.set(owner, { creations: 0, deletions: keys, sinceMs: nowMs });
}

/** Replaces an owner's expectations by this many creations and the deletion of these keys. */
export function expectBoth(
  expectations: Expectations,
  owner: string,
  creations: number,
  deletions: readonly string[],
  nowMs: number,
): void {
  expectations.set(owner, { creations, deletions, sinceMs: nowMs });
}

/** A creation was seen, or failed and will not come. */
export function creationObserved(expectations: Expectations, owner: string, count = 1): void {
  const expectation = expectations.get(owner);
  if (expectation && expectation.creations > 0) {
    expectations.set(owner, { ...expectation, creations: Math.max(0, expectation.creations - count) });
  }
}

/** The deletion of an object was seen, or failed and will not come. */
export function deletionObserved(expectations: Expectations, owner: string, key: string): void {
  const expectation = expectations.get(owner);
  if (!expectation?.deletions.includes(key)) return;
  expectations.set(owner, { ...expectation, deletions: expectation.deletions.filter((other) => other !== key) });
}

/** Forgets an owner. */
export function deleteExpectations(expectations: Expectations, owner: string): void {
  expectations.delete(owner);
}
