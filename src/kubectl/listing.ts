/** Listing one kind by selectors, and getting one object, with kubectl's words for what the server can't make of them. Follows cli-runtime/pkg/resource/selector.go. */

import type { KindDefinition } from '../engine/api/kinds/definition';
import type { KubeObject } from '../engine/api/meta';
import { parseLabelSelector } from '../engine/api/selector';
import type { Call, Command, Reader } from './command';
import { asCommandError, attempt, isRefusal, KubectlError } from './errors';
import { badRequest, notFound, refuseBadName } from './refusals';

/** Lists one kind; a refusal says what was looked for. */
export function listed(
  reader: Reader,
  mapping: KindDefinition,
  namespace: string | undefined,
  labelSelector: string,
  fieldSelector: string,
): KubeObject[] {
  try {
    checkSelector(labelSelector);
    return reader.list(mapping.id, {
      namespace,
      labelSelector: labelSelector || undefined,
      fieldSelector: fieldSelector || undefined,
    });
  } catch (error) {
    const refused = asCommandError(error);
    const told = [badRequest, notFound][
      (['BadRequest', 'NotFound'] as const).findIndex((reason) => isRefusal(refused, reason))
    ];
    if (!told) throw refused;
    const quote = JSON.stringify;
    const what = quote(`${mapping.group}/${mapping.version}, Resource=${mapping.plural}`);
    const by = `match label selector ${quote(labelSelector)}, field selector ${quote(fieldSelector)}`;
    const tried = labelSelector || fieldSelector ? `find ${what} that ${by}` : `list ${what}`;
    throw told(`Unable to ${tried}: ${refused.message}`);
  }
}

/** The server refuses a selector that it can't read. */
export function checkSelector(text: string): void {
  try {
    parseLabelSelector(text);
  } catch (error) {
    throw badRequest(error instanceof Error ? error.message : String(error));
  }
}

/** Commands that read objects as Go types (resource.Builder.WithScheme), which custom kinds have none of. */
const TYPED = /^(?:rollout|set) |^(?:attach|debug|exec|expose|logs|port-forward|taint)$/;

/** Whether a command reads objects so. */
export const isTyped = ({ path }: Command): boolean => TYPED.test(path);

/** Gets an object; when it is not there because its namespace is not, that is what is said. Follows Info.Get in cli-runtime/pkg/resource/visitor.go. */
export function fetchedObject(
  { io: { client }, command }: Pick<Call, 'io' | 'command'>,
  { id, schema, kind, group, version }: KindDefinition,
  namespace: string | undefined,
  name: string,
): KubeObject {
  refuseBadName(name);
  try {
    const object = client.get(id, namespace, name);
    if (!schema || !isTyped(command)) return object;
  } catch (error) {
    const isElsewhere = namespace && namespace !== 'default' && isRefusal(error, 'NotFound');
    const missing = isElsewhere && attempt(() => client.get('Namespace', undefined, namespace));
    throw isRefusal(missing, 'NotFound') ? missing : error;
  }
  const known = `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(`${group}/${version}`)}`;
  throw new KubectlError(`${known} in scheme "pkg/runtime/scheme.go:111"`);
}
