/** kubectl create configmap. Follows staging/src/k8s.io/kubectl/pkg/cmd/create/create_configmap.go; there are no files to read from. */
import type { KubeObject } from '../../engine/api/meta';
import type { Call, Command, Turn } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flag-sets';
import { goJson } from '../last-applied';
import { sha256 } from '../sha256';
import { CREATE_FLAGS, createGenerated, nameArgument } from './create';

/** Flags of the commands that collect keys and values. */
export const SOURCE_FLAGS = [
  flag.strings('from-file'),
  flag.array('from-literal'),
  flag.strings('from-env-file'),
  flag.bool('append-hash'),
];

/** Reads `--from-literal`; `kind` is what messages call the object. `--from-file` finds no file. */
export function readSources(call: Call, kind: string, name: string): Map<string, string> {
  const { flags } = call;
  const files = flags.list('from-file');
  const envFiles = flags.list('from-env-file');
  const literals = flags.list('from-literal');
  if (envFiles.length > 0 && (files.length > 0 || literals.length > 0)) {
    throw new KubectlError('from-env-file cannot be combined with from-file or from-literal');
  }
  for (const file of files) throw noFile(filePath(file));
  for (const file of envFiles) throw noFile(file);
  const data = new Map<string, string>();
  for (const literal of literals) {
    const equals = literal.indexOf('=');
    if (equals <= 0) throw new KubectlError(`invalid literal source ${literal}, expected key=value`);
    addKey(data, kind, name, literal.slice(0, equals), literal.slice(equals + 1));
  }
  return data;
}

/** The path of `[key=]path`. */
function filePath(source: string): string {
  const [key = '', path, ...more] = source.split('=');
  if (more.length > 0) throw new KubectlError("key names or file paths cannot contain '='");
  if (path === undefined) return key;
  if (key === '') throw new KubectlError(`key name for file path ${path} missing`);
  if (path === '') throw new KubectlError(`file path for key name ${key} missing`);
  return path;
}

function noFile(path: string): KubectlError {
  return new KubectlError(`error reading ${path}: no such file or directory`);
}

function addKey(data: Map<string, string>, kind: string, name: string, key: string, value: string): void {
  const problem = keyProblem(key);
  if (problem) throw new KubectlError(`${JSON.stringify(key)} is not a valid key name for a ${kind}: ${problem}`);
  if (data.has(key)) {
    const where =
      kind === 'Secret'
        ? 'another key by that name already exists'
        : `another key by that name already exists in Data for ConfigMap "${name}"`;
    throw new KubectlError(`cannot add key ${kind === 'Secret' ? key : JSON.stringify(key)}, ${where}`);
  }
  data.set(key, value);
}

function keyProblem(key: string): string | undefined {
  if (!/^[-._a-zA-Z0-9]+$/.test(key)) {
    return (
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or " +
      "'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
    );
  }
  if (key === '.') return `must not be '.'`;
  if (key === '..') return `must not be '..'`;
  return key.startsWith('..') ? `must not start with '..'` : undefined;
}

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
  use: 'create configmap NAME [--from-literal=key1=value1]',
  flags: [...CREATE_FLAGS, ...SOURCE_FLAGS],
  run,
};
