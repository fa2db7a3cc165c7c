/** The finalizers that Kubernetes itself knows. Follows apimachinery/pkg/apis/meta/v1/types.go and pkg/apis/core/helper/helpers.go. */

/** The object stays until its dependents have been told that it is no longer their owner. */
export const ORPHAN_FINALIZER = 'orphan';
/** The object stays until the dependents that block it are gone. */
export const FOREGROUND_FINALIZER = 'foregroundDeletion';

const STANDARD_FINALIZERS = ['kubernetes', ORPHAN_FINALIZER, FOREGROUND_FINALIZER];

/** What is wrong with a finalizer that carries no domain and isn't one of these, or undefined. */
export function finalizerProblem(finalizer: string): string | undefined {
  if (finalizer.includes('/') || STANDARD_FINALIZERS.includes(finalizer)) return undefined;
  return 'name is neither a standard finalizer name nor is it fully qualified';
}
