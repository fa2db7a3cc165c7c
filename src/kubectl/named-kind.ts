/** The kinds that a command's arguments name, with the warning that a short name may mean another one. */
import type { KindDefinition, ResourceInfo } from '../engine/api/kinds/definition';
import type { Call } from './command';
import { findListed, findMapping, mappingFor, shortNameWarnings } from './rest-mapping';

/** A command that was only waiting has said it before. */
function warn({ io, progress, err }: Call, argument: string): void {
  if (progress) return;
  for (const text of shortNameWarnings(io.client.discovery(), argument)) err(`Warning: ${text}\n`);
}

/** The kind that a resource argument names, if there is one. */
export function findNamedKind(call: Call, argument: string): KindDefinition | undefined {
  warn(call, argument);
  return findMapping(call.io.client.discovery(), argument);
}

/** The names of the kind that a resource argument names, be it simulated or not, if there is one. */
export function findListedKind(call: Call, argument: string): ResourceInfo | undefined {
  warn(call, argument);
  return findListed(call.io.client.discovery(), argument);
}

/** The kind that a resource argument names. Throws as kubectl does when there is none. */
export function namedKind(call: Call, argument: string): KindDefinition {
  warn(call, argument);
  return mappingFor(call.io.client.discovery(), argument);
}
