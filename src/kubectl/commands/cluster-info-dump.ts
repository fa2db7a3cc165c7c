/**
 * kubectl cluster-info dump: the nodes, then of each namespace what runs in it and what its containers print.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/clusterinfo/clusterinfo_dump.go.
 */

import type { KubeObject } from '../../engine/api/meta';
import { apiVersionOf } from '../../engine/api/scheme';
import type { Container, Pod } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import { asCommandError, attempt, KubectlError } from '../errors';
import { flag, OUTPUT } from '../flag-sets';
import { renderOutput } from '../output/output';
import { asItem, typedText } from '../output/typed-json';
import { type OutputFormat, outputFormat } from '../output-format';
import { namespaceOf } from '../selection';

/** What is dumped of each namespace, and into which file. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['Event', 'events'],
  ['ReplicationController', 'replication-controllers'],
  ['Service', 'services'],
  ['DaemonSet', 'daemonsets'],
  ['Deployment', 'deployments'],
  ['ReplicaSet', 'replicasets'],
  ['Pod', 'pods'],
]);

const EXTENSIONS: Readonly<Record<string, string>> = { json: '.json', yaml: '.yaml' };

/** A list as its Go type prints. */
function listOf(call: Call, kind: string, namespace: string | undefined): KubeObject {
  const { client } = call.io;
  const items = client.list(kind, { namespace }).map((object) => asItem(object, kind));
  const info = client.discovery().find(kind);
  const metadata = { resourceVersion: String(client.listRevision(kind, namespace)) };
  const list = { kind: `${kind}List`, apiVersion: info ? apiVersionOf(info) : 'v1', metadata };
  return { ...list, items: items.length > 0 ? items : null } as unknown as KubeObject;
}

function printed(list: KubeObject, { format, template }: OutputFormat, isFirst: boolean): string {
  if (format === 'json') return typedText(list);
  if (format === 'name') {
    const [group = '', version = group] = list.apiVersion.split('/');
    throw new KubectlError(`list types are not supported by name printing: *${version}.${list.kind}`);
  }
  const text = renderOutput(format, template, [list], { asList: false });
  return format === 'yaml' && !isFirst ? `---\n${text}` : text;
}

function logOf(call: Call, { metadata }: Pod, { name }: Container): string {
  const whose = `logs for container ${name} of pod ${metadata.namespace}/${metadata.name} ====\n`;
  const log = attempt(() => call.io.client.log(metadata.namespace ?? '', metadata.name, { container: name }).text);
  const text = log instanceof Error ? `Request log error: ${asCommandError(log).message}\n` : log;
  return `==== START ${whose}${text}==== END ${whose}`;
}

function namespacesOf(call: Call): readonly string[] {
  const { client } = call.io;
  if (call.flags.bool('all-namespaces')) return client.list('Namespace', {}).map(({ metadata }) => metadata.name);
  const named = call.flags.list('namespaces');
  return named.length > 0 ? named : ['kube-system', namespaceOf(call)];
}

function run(call: Call): Turn {
  const output = outputFormat(call) ?? { format: 'json', template: '' };
  const directory = call.flags.text('output-directory');
  const isWritten = !['', '-'].includes(directory);
  const put = (file: string, text: string): void => {
    if (isWritten) call.io.files.write(`${directory.replace(/\/+$/, '')}/${file}`, text);
    else call.out(text);
  };
  const putList = (file: string, kind: string, namespace: string | undefined): void => {
    const text = printed(listOf(call, kind, namespace), output, namespace === undefined);
    put(`${file}${EXTENSIONS[output.format] ?? '.txt'}`, text);
  };
  putList('nodes', 'Node', undefined);
  for (const namespace of namespacesOf(call)) {
    for (const [kind, file] of KINDS) putList(`${namespace}/${file}`, kind, namespace);
    for (const pod of call.io.client.list<Pod>('Pod', { namespace })) {
      const { initContainers = [], containers } = pod.spec;
      const logs = [...initContainers, ...containers].map((container) => logOf(call, pod, container));
      put(`${namespace}/${pod.metadata.name}/logs.txt`, logs.join(''));
    }
  }
  if (isWritten) call.out(`Cluster info dumped to ${directory}\n`);
  return undefined;
}

/** kubectl cluster-info dump. */
export const clusterInfoDump: Command = {
  path: 'cluster-info dump',
  use: 'cluster-info dump',
  reads: true,
  flags: [
    ...OUTPUT,
    flag.bool('all-namespaces', 'A'),
    flag.strings('namespaces'),
    flag.text('output-directory'),
    flag.harmless(flag.duration('pod-running-timeout', '20s'), 'logs are there at once'),
  ],
  run,
};
