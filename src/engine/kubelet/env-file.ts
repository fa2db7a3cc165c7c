/**
 * Variables that a file in a volume of the Pod gives. Follows ParseEnv in pkg/kubelet/util/env/env_util.go and makeEnvironmentVariables in
 * pkg/kubelet/kubelet_pods.go: every value stands in single quotes, and nothing in it is replaced.
 */
import type { FileKeySelector } from '../api/types';
import type { Kubelet } from './api-writes';
import type { PodRecord } from './records';

/** A value and what follows it; undefined when it is not written as it must be. */
interface Quoted {
  readonly value: string;
  /** The lines after it. */
  readonly rest: readonly string[];
}

function quoted(first: string, below: readonly string[]): Quoted | undefined {
  if (!first.startsWith("'")) return undefined;
  const value = [first.slice(1)];
  const rest = below.slice();
  for (;;) {
    const line = value.pop() as string;
    const end = line.indexOf("'");
    if (end >= 0) {
      const isAlone = /^[ \t]*(#|$)/.test(line.slice(end + 1));
      return isAlone ? { value: [...value, line.slice(0, end)].join('\n'), rest } : undefined;
    }
    const next = rest.shift();
    if (next === undefined) return undefined;
    value.push(line, next);
  }
}

/** The value of a key, '' when the file does not name it; undefined when the file can't be read up to there. */
export function valueInEnvFile(text: string, key: string): string | undefined {
  let lines: readonly string[] = text.split(/\r?\n/);
  while (lines.length > 0) {
    const [first = '', ...below] = lines;
    lines = below;
    const line = first.replace(/^[ \t]+/, '');
    if (line === '' || line.startsWith('#')) continue;
    const [, name, written = ''] = /^([^=]*[^= \t])=(.*)$/s.exec(line) ?? [];
    if (name === undefined) return undefined;
    // As in a shell, a value does not begin with a blank: such a variable is empty.
    const found = /^[ \t]/.test(written) ? { value: '', rest: below } : quoted(written, below);
    if (!found || name === key) return found?.value;
    lines = found.rest;
  }
  return '';
}

/** What a variable is; undefined value: it is left out. */
export function fromFile(
  { runtime }: Kubelet,
  { uid }: PodRecord,
  { volumeName, path, key, optional = false }: FileKeySelector,
): { readonly value: string | undefined } | { readonly missing: string } {
  const text = runtime.readVolume(uid, volumeName, path);
  const value = text === undefined ? undefined : valueInEnvFile(text, key);
  if (value === undefined) return { missing: "couldn't parse env file" };
  if (value !== '') return { value };
  if (optional) return { value: undefined };
  const place = `/var/lib/kubelet/pods/${uid}/volumes/kubernetes.io~empty-dir/${volumeName}/${path}`;
  return { missing: `environment variable key "${key}" not found in file "${place}"` };
}
