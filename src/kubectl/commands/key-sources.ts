/**
 * `--from-file`, `--from-literal` and `--from-env-file` of `create configmap` and `create secret`: keys and their values.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/create/{create_configmap,create_secret}.go and pkg/cmd/util/env_file.go. Files hold text only.
 */
import { isConfigMapKey } from '../../engine/api/validation/names';
import type { Call } from '../command';
import { KubectlError } from '../errors';
import { pathInside, plainPath } from '../files';
import { flag } from '../flag-sets';

/** Flags of the commands that collect keys and values. */
export const SOURCE_FLAGS = [
  flag.strings('from-file'),
  flag.array('from-literal'),
  flag.strings('from-env-file'),
  flag.bool('append-hash'),
];

/** What keys are collected for; messages name it. */
interface Collected {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly data: Map<string, string>;
}

/** Reads the sources. `fileKey`: the key of a file that names none. */
export function readSources(call: Call, kind: Collected['kind'], name: string, fileKey?: string): Map<string, string> {
  const { flags } = call;
  const files = flags.list('from-file');
  const envFiles = flags.list('from-env-file');
  const literals = flags.list('from-literal');
  if (envFiles.length > 0 && (files.length > 0 || literals.length > 0)) {
    throw new KubectlError('from-env-file cannot be combined with from-file or from-literal');
  }
  const collected: Collected = { kind, name, data: new Map() };
  const readFiles = () => {
    for (const file of files) addFile(call, collected, file, fileKey);
  };
  if (kind === 'ConfigMap') readFiles();
  for (const literal of literals) addLiteral(collected, literal);
  if (kind === 'Secret') readFiles();
  for (const file of envFiles) addEnvFile(call, collected, file);
  return collected.data;
}

function addLiteral(collected: Collected, literal: string): void {
  const equals = literal.indexOf('=');
  if (equals <= 0) throw new KubectlError(`invalid literal source ${literal}, expected key=value`);
  addKey(collected, literal.slice(0, equals), literal.slice(equals + 1));
}

/** `[key=]path`: a file, or every file directly in a directory. */
function addFile(call: Call, collected: Collected, source: string, fileKey: string | undefined): void {
  const { key, path } = sourceOf(source);
  const { files } = call.io;
  const text = files.read(path);
  if (text !== undefined) {
    addKey(collected, key ?? fileKey ?? baseOf(path), text);
    return;
  }
  const inside = files.list(path);
  if (inside.length === 0) throw new KubectlError(`error reading ${path}: no such file or directory`);
  if (key !== undefined) throw new KubectlError('cannot give a key name for a directory path');
  for (const each of inside) {
    if (!pathInside(path, each).includes('/')) addKey(collected, baseOf(each), files.read(each) as string);
  }
}

const baseOf = (path: string): string => plainPath(path).split('/').at(-1) as string;

function sourceOf(source: string): { key?: string; path: string } {
  const [first = '', path, ...more] = source.split('=');
  if (more.length > 0) throw new KubectlError("key names or file paths cannot contain '='");
  if (path === undefined) return { path: first };
  if (first === '') throw new KubectlError(`key name for file path ${path} missing`);
  if (path === '') throw new KubectlError(`file path for key name ${first} missing`);
  return { key: first, path };
}

/** Lines of `KEY=value`, comments and empty ones left out; a key without `=` has the value that the environment gives it: none. */
function addEnvFile(call: Call, collected: Collected, path: string): void {
  const { files } = call.io;
  const text = files.read(path);
  if (text === undefined) {
    if (files.list(path).length > 0) throw new KubectlError('env config file cannot be a directory');
    throw new KubectlError(`error reading ${path}: no such file or directory`);
  }
  for (const raw of text.replace(/^\uFEFF/, '').split('\n')) {
    const line = raw.replace(/\r$/, '').trimStart();
    if (line === '' || line.startsWith('#')) continue;
    const equals = line.indexOf('=');
    const key = equals < 0 ? line : line.slice(0, equals);
    const problem = variableProblem(key);
    if (problem) throw new KubectlError(`${JSON.stringify(key)} is not a valid key name: ${problem}`);
    addKey(collected, key, equals < 0 ? '' : line.slice(equals + 1));
  }
}

/** What is wrong with the name of an environment variable. Follows IsEnvVarName in apimachinery/pkg/util/validation. */
export function variableProblem(name: string): string | undefined {
  if (name === '.' || name === '..') return `must not be '${name}'`;
  if (name.startsWith('..')) return "must not start with '..'";
  if (/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) return undefined;
  return (
    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit " +
    "(e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')"
  );
}

function addKey({ kind, name, data }: Collected, key: string, value: string): void {
  const problems = isConfigMapKey(key);
  if (problems.length > 0) {
    const [is, why] =
      kind === 'Secret' ? ['is not', ` ${problems.join(';')}`] : ['is not a', `: ${problems.join(',')}`];
    throw new KubectlError(`${JSON.stringify(key)} ${is} valid key name for a ${kind}${why}`);
  }
  if (data.has(key)) {
    const where =
      kind === 'Secret'
        ? 'another key by that name already exists'
        : `another key by that name already exists in Data for ConfigMap "${name}"`;
    throw new KubectlError(`cannot add key ${kind === 'Secret' ? key : JSON.stringify(key)}, ${where}`);
  }
  data.set(key, value);
}
