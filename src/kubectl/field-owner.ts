/**
 * Under which name kubectl manages the fields that it sets, and when it looks at managedFields.
 * Follows AddFieldManagerFlagVar in staging/src/k8s.io/kubectl/pkg/cmd (each command's default) and GetApplyFieldManagerFlag in pkg/cmd/apply.
 */
import type { Command } from './command';
import type { ParsedFlags } from './flags';

/** Commands whose own name is part of their manager's. */
const NAMED = new Set('annotate autoscale create edit expose label patch replace rollout run set taint'.split(' '));

/** What `kubectl apply` manages from the client's side. */
export const CLIENT_SIDE_APPLY = 'kubectl-client-side-apply';
/** What a server-side apply keeps the annotation of earlier client-side applies by. */
export const LAST_APPLIED_MANAGER = 'kubectl-last-applied';

/** The manager of what a command writes. */
export function fieldManagerOf({ path }: Command, flags: ParsedFlags): string {
  const given = flags.given('field-manager') ? flags.text('field-manager') : '';
  if (given) return given;
  const [first = ''] = path.split(' ');
  if (first === 'apply' || first === 'diff') return flags.bool('server-side') ? 'kubectl' : CLIENT_SIDE_APPLY;
  return NAMED.has(first) ? `kubectl-${first}` : 'kubectl';
}

const TEMPLATES = /^(jsonpath|go-template|template|custom-columns)/;
/** What of a template could show them. */
const SHOWS = /managedFields|\.\.|metadata *[}\])|,]|metadata$|^\{?[$@.]*\}?$|\{\{ *\. *\}\}|range/;

/** Whether a command has a use for managedFields: json and yaml leave them out unless told, templates see them. */
export function wantsManagedFields({ path }: Command, flags: ParsedFlags): boolean {
  if (
    flags.bool('show-managed-fields') ||
    (path === 'apply' && (flags.bool('server-side') || !flags.bool('overwrite')))
  )
    return true;
  // Of the events of a watch they are not taken away.
  if (flags.given('raw') || flags.bool('output-watch-events')) return true;
  const output = flags.text('output');
  const isFile = /-file=|templatefile/.test(output);
  return (TEMPLATES.test(output) && (isFile || SHOWS.test(output))) || SHOWS.test(flags.text('template') || 'x');
}

/** An object as json and yaml print it. */
export function withoutManagedFields<T extends { readonly metadata?: object }>(object: T): T {
  if (!object.metadata || !('managedFields' in object.metadata)) return object;
  const { managedFields: _managed, ...metadata } = object.metadata;
  return { ...object, metadata };
}
