/** kubectl create configmap. Follows staging/src/k8s.io/kubectl/pkg/cmd/create/create_configmap.go. */
import { goJson } from '../../engine/api/go-text';
import type { KubeObject } from '../../engine/api/meta';
import { sha256 } from '../../engine/api/sha256';
import type { Call, Command, Turn } from '../command';
import { CREATE_FLAGS, createGenerated, nameArgument } from './create';
import { readSources, SOURCE_FLAGS } from './key-sources';

const NO_VOWELS = new Map([
  ['0', 'g'],
  ['1', 'h'],
  ['3', 'k'],
  ['a', 'm'],
  ['e', 't'],
]);

/** The suffix of `--append-hash`, as pkg/util/hash makes it. */
export function contentHash(content: Readonly<Record<string, unknown>>): string {
  return [...sha256(goJson(content)).slice(0, 10)].map((digit) => NO_VOWELS.get(digit) ?? digit).join('');
}

function run(call: Call): Turn {
  const name = nameArgument(call);
  const data = Object.fromEntries(readSources(call, 'ConfigMap', name));
  const suffix = call.flags.bool('append-hash') ? `-${contentHash({ kind: 'ConfigMap', name, data })}` : '';
  const configMap: KubeObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${name}${suffix}` },
    ...(Object.keys(data).length > 0 ? { data } : {}),
  };
  createGenerated(call, configMap, 'failed to create configmap: ');
  return undefined;
}

/** kubectl create configmap. */
export const createConfigMap: Command = {
  path: 'create configmap',
  aliases: ['create cm'],
  use: 'create configmap NAME [--from-file=[key=]source] [--from-literal=key1=value1]',
  flags: [...CREATE_FLAGS, ...SOURCE_FLAGS],
  run,
};
