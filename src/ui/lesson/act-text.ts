/** What was done by hand, in a line for people. */
import { withoutSecretValues } from '../../engine/api/secret-command';
import type { TimedInput } from '../../engine/simulation';

/** See the header. */
export function actText({ kind, payload }: TimedInput): string {
  const { command, documents = [] } = payload as {
    readonly command?: string;
    readonly documents?: readonly { readonly kind?: string; readonly metadata?: { readonly name?: string } }[];
  };
  if (command !== undefined) return `kubectl ${withoutSecretValues(command)}`;
  if (kind !== 'apply') return `${kind} ${JSON.stringify(payload)}`;
  return `apply ${documents.map((one) => `${one.kind} ${one.metadata?.name ?? ''}`).join(', ')}`;
}
