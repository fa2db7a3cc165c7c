/** kubectl api-resources and api-versions: the kinds that are simulated. Follows staging/src/k8s.io/kubectl/pkg/cmd/apiresources/apiresources.go. */
import type { KindDefinition, ResourceInfo } from '../../engine/api/kinds/definition';
import { apiVersionOf } from '../../engine/api/scheme';
import type { Call, Command, Turn } from '../command';
import { KubectlError, usageError } from '../errors';
import { flag } from '../flag-sets';
import { tableText } from '../printers/tab-writer';
import { qualified } from '../rest-mapping';

const ALL_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

const verbsOf = ({ isReview }: KindDefinition): readonly string[] => (isReview ? ['create'] : ALL_VERBS);

function wanted(call: Call): KindDefinition[] {
  const { flags } = call;
  const categories = flags.list('categories');
  const verbs = flags.list('verbs');
  return call.io.client
    .discovery()
    .preferred.filter(
      (info) =>
        (!flags.given('api-group') || info.group === flags.text('api-group')) &&
        (!flags.given('namespaced') || info.namespaced === flags.bool('namespaced')) &&
        categories.every((category) => info.categories.includes(category)) &&
        verbs.every((verb) => verbsOf(info).includes(verb)),
    );
}

function sortKey(info: ResourceInfo, by: string): string {
  if (by === 'name') return info.plural;
  return by === 'kind' ? info.kind : info.group;
}

function run(call: Call): Turn {
  const { flags } = call;
  if (call.args.length > 0) throw usageError('api-resources', `unexpected arguments: [${call.args.join(' ')}]`);
  const output = flags.text('output');
  if (!['', 'wide', 'name'].includes(output)) throw new KubectlError(`--output ${output} is not available`);
  const by = flags.text('sort-by');
  if (!['', 'name', 'kind'].includes(by)) throw new KubectlError('--sort-by accepts only name or kind');
  const key = (info: ResourceInfo): string => `${sortKey(info, by)}\u0000${info.plural}`;
  const rows = wanted(call).sort((a, b) => (key(a) < key(b) ? -1 : 1));
  if (output === 'name') {
    for (const info of rows) call.out(`${qualified(info)}\n`);
    return undefined;
  }
  const wide = output === 'wide';
  const header = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])];
  const cells = rows.map((info) => [
    info.plural,
    info.shortNames.join(','),
    apiVersionOf(info),
    String(info.namespaced),
    info.kind,
    ...(wide ? [verbsOf(info).join(','), info.categories.join(',')] : []),
  ]);
  call.out(tableText(flags.bool('no-headers') ? cells : [header, ...cells]));
  return undefined;
}

/** kubectl api-resources. */
export const apiResources: Command = {
  path: 'api-resources',
  reads: true,
  use: 'api-resources',
  flags: [
    flag.text('output', 'o'),
    flag.text('api-group'),
    flag.text('sort-by'),
    flag.strings('verbs'),
    flag.strings('categories'),
    flag.bool('namespaced', undefined, true),
    flag.bool('no-headers'),
    flag.harmless(flag.bool('cached'), 'what is served does not change'),
  ],
  run,
};

/** Groups that every API server has, all of whose kinds are refused by name here. */
const OTHER_GROUPS = ['apiregistration.k8s.io', 'certificates.k8s.io', 'events.k8s.io', 'flowcontrol.apiserver.k8s.io'];
const OTHER_VERSIONS = [...OTHER_GROUPS, 'resource.k8s.io'].map((group) => `${group}/v1`);

/** kubectl api-versions. */
export const apiVersions: Command = {
  path: 'api-versions',
  reads: true,
  use: 'api-versions',
  flags: [],
  run: (call) => {
    const served = call.io.client.discovery().served.map(apiVersionOf);
    for (const version of [...new Set([...served, ...OTHER_VERSIONS])].sort()) call.out(`${version}\n`);
    return undefined;
  },
};
