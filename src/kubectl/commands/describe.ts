/** kubectl describe: which objects; what is said of each is in describe/. Follows staging/src/k8s.io/kubectl/pkg/cmd/describe/describe.go. */
import type { KubeObject } from '../../engine/api/meta';
import { apiVersionOf, kindId } from '../../engine/api/scheme';
import type { Call, Command, Turn } from '../command';
import { describe } from '../describe/registry';
import { KubectlError, throwAll } from '../errors';
import { CHUNK_SIZE, FILENAME, flag, SELECTOR } from '../flag-sets';
import { namedKind } from '../named-kind';
import { type Info, infoOf, isMissing, namespaceOf, select, settle, standardQuery } from '../selection';

/** Events are left out by default when there is more than one object, or none of exactly that name. */
function textOf(call: Call, info: Info, alone: boolean): string {
  const text = describe(describedAs(info), info.object as KubeObject, call.io.client, call.io);
  const { flags } = call;
  if (flags.given('show-events') ? flags.bool('show-events') : alone) return text;
  return text.replace(/^Events:(?:.|\n)*$/m, '');
}

/** By which description: that of the built-in kind, whatever version was asked for. */
function describedAs({ mapping }: Info): string {
  return kindId(apiVersionOf(mapping), mapping.kind);
}

/** Objects of a type whose names begin with what was given, when none has exactly that name. */
function matchingPrefix(call: Call, type: string, prefix: string): Info[] {
  const mapping = namedKind(call, type);
  const namespace = mapping.namespaced ? namespaceOf(call) : undefined;
  const all = call.io.client.list(mapping.id, { namespace });
  return all.filter(({ metadata }) => metadata.name.startsWith(prefix)).map((object) => infoOf(mapping, object));
}

function run(call: Call): Turn {
  if (call.args.length === 0 && call.flags.list('filename').length === 0) {
    throw new KubectlError(
      'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
    );
  }
  const query = { ...standardQuery(call, call.args, true), latest: true };
  const { infos, errors } = settle(select(call, query));
  const [first] = errors;
  if (errors.length === 1 && first && isMissing(first) && call.args.length === 2) {
    const found = matchingPrefix(call, call.args[0] as string, call.args[1] as string);
    for (const info of found) call.out(`${textOf(call, info, false)}\n`);
    if (found.length === 0) throw first;
    return undefined;
  }
  const alone = infos.length === 1 && errors.length === 0;
  for (const [index, info] of infos.entries()) call.out(`${index === 0 ? '' : '\n\n'}${textOf(call, info, alone)}`);
  if (infos.length === 0 && errors.length === 0) {
    const everywhere = call.flags.bool('all-namespaces');
    call.err(everywhere ? 'No resources found\n' : `No resources found in ${namespaceOf(call)} namespace.\n`);
  }
  throwAll(errors);
  return undefined;
}

/** kubectl describe. */
export const describeCommand: Command = {
  path: 'describe',
  reads: true,
  use: 'describe (-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
  flags: [
    ...FILENAME,
    ...SELECTOR,
    ...CHUNK_SIZE,
    flag.bool('all-namespaces', 'A'),
    flag.bool('show-events', undefined, true),
  ],
  run,
};
