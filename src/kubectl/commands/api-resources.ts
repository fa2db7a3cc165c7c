/** kubectl api-resources and api-versions: all kinds of 1.36, with a word on those that are not simulated. Follows staging/src/k8s.io/kubectl/pkg/cmd/apiresources/apiresources.go. */
import type { ResourceInfo } from '../../engine/api/kinds/definition';
import { newerEventKind } from '../../engine/api/kinds/event';
import { apiVersionOf } from '../../engine/api/scheme';
import type { Call, Command, Turn } from '../command';
import { KubectlError, usageError } from '../errors';
import { flag } from '../flag-sets';
import { kyamlText } from '../output/kyaml';
import { yamlText } from '../output/yaml-text';
import { tableText } from '../printers/tab-writer';
import { qualified } from '../rest-mapping';
import { categoriesOf, type Listed, verbsOf } from '../served-verbs';
import { UNSIMULATED } from '../unsimulated';

function wanted(call: Call): Listed[] {
  const { flags } = call;
  const categories = flags.list('categories');
  const verbs = flags.list('verbs');
  // Events are served under two groups.
  const all: readonly Listed[] = [...call.io.client.discovery().preferred, ...UNSIMULATED, newerEventKind];
  return all.filter(
    (info) =>
      (!flags.given('api-group') || info.group === flags.text('api-group')) &&
      (!flags.given('namespaced') || info.namespaced === flags.bool('namespaced')) &&
      categories.every((category) => categoriesOf(info).includes(category)) &&
      verbs.every((verb) => verbsOf(info).includes(verb)),
  );
}

/** Says which of the kinds are only named. */
function tellMissing(call: Call, rows: readonly Listed[]): void {
  const missing = rows.filter((info) => UNSIMULATED.includes(info)).map(({ plural }) => plural);
  if (missing.length > 0) call.err(`kubestep: not simulated: ${missing.join(', ')}\n`);
}

function sortKey(info: ResourceInfo, by: string): string {
  if (by === 'name') return info.plural;
  return by === 'kind' ? info.kind : info.group;
}

const WRITERS: Readonly<Record<string, (list: object) => string>> = {
  json: (list) => `${JSON.stringify(list, undefined, 4)}\n`,
  kyaml: (list) => kyamlText(list, Object.keys),
  yaml: yamlText,
};
const DOCUMENTS = Object.keys(WRITERS);

/** The rows as one list, whatever their groups. */
function documentOf(rows: readonly Listed[]): object {
  const resources = rows.map((info) => ({
    name: info.plural,
    singularName: info.kind.endsWith('Metrics') ? '' : info.singular,
    namespaced: info.namespaced,
    ...(info.group ? { group: info.group } : {}),
    version: info.version,
    kind: info.kind,
    verbs: verbsOf(info),
    ...(info.shortNames.length > 0 ? { shortNames: info.shortNames } : {}),
    ...(categoriesOf(info).length > 0 ? { categories: categoriesOf(info) } : {}),
  }));
  const list = resources.length > 0 ? resources : null;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: '', resources: list };
}

function run(call: Call): Turn {
  const { flags } = call;
  if (call.args.length > 0) throw usageError('api-resources', `unexpected arguments: [${call.args.join(' ')}]`);
  const output = flags.text('output');
  if (!['', 'wide', 'name', ...DOCUMENTS].includes(output)) {
    const allowed = 'allowed formats are: json,kyaml,name,wide,yaml';
    throw new KubectlError(
      `unable to match a printer suitable for the output format ${JSON.stringify(output)}, ${allowed}`,
    );
  }
  const by = flags.text('sort-by');
  if (!['', 'name', 'kind'].includes(by)) throw new KubectlError('--sort-by accepts only name or kind');
  const key = (info: ResourceInfo): string => `${sortKey(info, by)}\u0000${info.plural}`;
  const rows = wanted(call).sort((a, b) => (key(a) < key(b) ? -1 : 1));
  if (output === 'name') {
    for (const info of rows) call.out(`${qualified(info)}\n`);
    tellMissing(call, rows);
    return undefined;
  }
  if (DOCUMENTS.includes(output)) {
    call.out(WRITERS[output]?.(documentOf(rows)) ?? '');
    tellMissing(call, rows);
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
    ...(wide ? [verbsOf(info).join(','), categoriesOf(info).join(',')] : []),
  ]);
  call.out(tableText(flags.bool('no-headers') ? cells : [header, ...cells]));
  tellMissing(call, rows);
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

/** kubectl api-versions. */
export const apiVersions: Command = {
  path: 'api-versions',
  reads: true,
  use: 'api-versions',
  flags: [],
  run: (call) => {
    if (call.args.length > 0) throw usageError('api-versions', `unexpected arguments: [${call.args.join(' ')}]`);
    const kinds = [...call.io.client.discovery().served, ...UNSIMULATED];
    for (const version of [...new Set(kinds.map(apiVersionOf))].sort()) call.out(`${version}\n`);
    return undefined;
  },
};
