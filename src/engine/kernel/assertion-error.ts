/**
 * A broken promise of the kernel or the store: the one kind of error that nothing may contain. The run stops with seed and step.
 */
export class AssertionError extends Error {}
