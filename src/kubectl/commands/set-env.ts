/** kubectl set env. Follows staging/src/k8s.io/kubectl/pkg/cmd/set/set_env.go and env/env_parse.go. */
import type { KubeObject } from '../../engine/api/meta';
import type { Container, EnvVar } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import { dryRunOf } from '../dry-run';
import { asCommandError, KubectlError, throwAll } from '../errors';
import { flag } from '../flag-sets';
import {
  changeContainers,
  changedEnvironment,
  matchingContainers,
  patchTemplates,
  podSpecOf,
  withPodSpec,
} from '../pod-template';
import { type Info, select, settle } from '../selection';
import { variableProblem } from './key-sources';
import { referredValue } from './set-env-values';
import { SET_FLAGS, setTargets } from './set-image';

interface EnvironmentChange {
  readonly added: readonly EnvVar[];
  readonly removed: readonly string[];
}

function splitResources(args: readonly string[]): { resources: string[]; pairs: string[] } {
  const resources: string[] = [];
  const pairs: string[] = [];
  for (const word of args) {
    if (/^.+=/s.test(word) || word.endsWith('-')) pairs.push(word);
    else if (pairs.length === 0) resources.push(word);
    else throw new KubectlError(`all resources must be specified before environment changes: ${args.join(' ')}`);
  }
  return { resources, pairs };
}

function variable(name: string, value: string): EnvVar {
  return value === '' ? { name } : { name, value };
}

function parseEnvironment(call: Call, specs: readonly string[]): EnvironmentChange {
  const added: EnvVar[] = [];
  const removed: string[] = [];
  for (const spec of specs) {
    const equals = spec.indexOf('=');
    if (spec === '-') added.push(...fromText(call.process.stdin ?? ''));
    else if (equals >= 0) {
      const name = spec.slice(0, equals);
      const problem = variableProblem(name);
      if (problem) throw new KubectlError(`${JSON.stringify(name)} is not a valid key name: ${problem}`);
      added.push(variable(name, spec.slice(equals + 1)));
    } else if (spec.endsWith('-')) removed.push(spec.slice(0, -1));
    else throw new KubectlError(`unknown environment variable: ${spec}`);
  }
  if (removed.some((name) => added.some((each) => each.name === name))) {
    throw new KubectlError('can not both modify and remove the same environment variable in the same command');
  }
  return { added, removed };
}

function fromText(text: string): EnvVar[] {
  return text.split('\n').flatMap((line) => {
    const content = line.split('#')[0] as string;
    const equals = content.indexOf('=');
    return equals < 0 ? [] : [variable(content.slice(0, equals), content.slice(equals + 1))];
  });
}

/** Variables that refer to the keys of a ConfigMap or Secret (`--from`). */
function fromObjects(call: Call): EnvVar[] {
  const { flags } = call;
  const from = flags.text('from');
  if (!from) return [];
  const { infos, errors } = settle(select(call, { args: [from], allowEmptySelector: flags.bool('all') }));
  throwAll(errors);
  return infos.flatMap((info) => {
    if (info.mapping.kind !== 'Secret' && info.mapping.kind !== 'ConfigMap') {
      throw new KubectlError('unsupported resource specified in --from');
    }
    const wanted = flags.list('keys');
    const keys = Object.keys((info.object?.data as Record<string, string> | undefined) ?? {}).sort();
    const source = info.mapping.kind === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef';
    return keys
      .filter((key) => wanted.length === 0 || wanted.includes(key))
      .map((key) => ({ name: environmentName(call, key), valueFrom: { [source]: { name: info.name, key } } }));
  });
}

function environmentName(call: Call, key: string): string {
  const name = key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase();
  if (name !== key) call.err(`Warning: key ${key} transferred to ${name}\n`);
  return name;
}

function validate(call: Call, resources: readonly string[]): void {
  const { flags } = call;
  if (flags.bool('all') && flags.text('selector')) {
    throw new KubectlError('cannot set --all and --selector at the same time');
  }
  if (flags.bool('local') && dryRunOf(call) === 'server') {
    throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  if (flags.list('filename').length === 0 && resources.length === 0) {
    throw new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (flags.bool('list') && flags.text('output')) {
    throw new KubectlError('--list and --output may not be specified together');
  }
  if (flags.list('keys').length > 0 && !flags.text('from')) {
    throw new KubectlError('when specifying --keys, a configmap or secret must be provided with --from');
  }
}

function refuseOverwrites(existing: readonly EnvVar[], added: readonly EnvVar[]): void {
  for (const each of added) {
    const now = existing.find((old) => old.name === each.name);
    if (now && now.value !== each.value) {
      throw new KubectlError(`'${now.name}' already has a value (${now.value ?? ''}), and --overwrite is false`);
    }
  }
}

function changed(call: Call, object: KubeObject, change: EnvironmentChange): KubeObject {
  const spec = podSpecOf(object);
  const pattern = call.flags.text('containers');
  const all = [...spec.containers, ...(spec.initContainers ?? [])];
  if (matchingContainers(all, pattern).length === 0) {
    const where = `${object.kind}/${object.metadata.name}`;
    call.err(`Warning: ${where} does not have any containers matching ${JSON.stringify(pattern)}\n`);
    return object;
  }
  const next = changeContainers(spec, pattern, (container) => {
    if (!call.flags.bool('overwrite')) refuseOverwrites(container.env ?? [], change.added);
    const env = changedEnvironment(container.env ?? [], change.added, change.removed);
    const { env: _env, ...rest } = container;
    return env.length > 0 ? { ...rest, env } : rest;
  });
  return withPodSpec(object, next);
}

function reference(source: NonNullable<EnvVar['valueFrom']>): string {
  if (source.configMapKeyRef) return `configmap ${source.configMapKeyRef.name}, key ${source.configMapKeyRef.key}`;
  if (source.secretKeyRef) return `secret ${source.secretKeyRef.name}, key ${source.secretKeyRef.key}`;
  if (source.fieldRef) return `field path ${source.fieldRef.fieldPath}`;
  if (!source.resourceFieldRef) return 'invalid valueFrom';
  const { containerName, resource } = source.resourceFieldRef;
  return `resource field ${containerName ? `${containerName}/` : ''}${resource}`;
}

/** The variables of a container; with `--resolve` what their references hold, and below which of them could not be had. */
function listVariables(call: Call, object: KubeObject, container: Container): void {
  const unresolved = new Map<string, string[]>();
  for (const { name, value = '', valueFrom } of container.env ?? []) {
    let known = valueFrom ? undefined : value;
    if (valueFrom && call.flags.bool('resolve')) {
      try {
        known = referredValue(call, object, container, valueFrom);
      } catch (error) {
        const why = asCommandError(error).message;
        unresolved.set(why, [...(unresolved.get(why) ?? []), name]);
      }
    }
    call.out(known === undefined ? `# ${name} from ${reference(valueFrom ?? {})}\n` : `${name}=${known}\n`);
  }
  const problems = [...unresolved].map(([why, names]) => `${names.sort().join(', ')}: ${why}\n`).sort();
  for (const problem of problems) call.err(`error retrieving reference for ${problem}`);
}

function list(call: Call, info: Info, change: EnvironmentChange): void {
  const object = changed(call, info.object as KubeObject, change);
  const spec = podSpecOf(object);
  const pattern = call.flags.text('containers');
  for (const container of [spec.containers, spec.initContainers ?? []].flatMap((each) =>
    matchingContainers(each, pattern),
  )) {
    call.out(`# ${object.kind} ${info.name}, container ${container.name}\n`);
    listVariables(call, object, container);
  }
}

function run(call: Call): Turn {
  const { resources, pairs } = splitResources(call.args);
  validate(call, resources);
  const parsed = parseEnvironment(call, [...call.flags.list('env'), ...pairs]);
  const prefix = call.flags.text('prefix');
  const all = [...parsed.added, ...fromObjects(call)];
  const change = { ...parsed, added: prefix ? all.map((each) => ({ ...each, name: prefix + each.name })) : all };
  const infos = setTargets(call, resources, 'ignored');
  if (call.flags.bool('list')) {
    for (const info of infos) listOne(call, info, change);
    return undefined;
  }
  patchTemplates(call, infos, {
    operation: 'env updated',
    failure: 'failed to patch env update to pod template: ',
    change: (object) => changed(call, object, change),
  });
  return undefined;
}

/** kubectl ignores what goes wrong with single objects when it only lists. */
function listOne(call: Call, info: Info, change: EnvironmentChange): void {
  try {
    list(call, info, change);
  } catch (error) {
    asCommandError(error);
  }
}

/** kubectl set env. */
export const setEnv: Command = {
  path: 'set env',
  reads: (flags) => flags.bool('list'),
  use: 'set env RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
  flags: [
    ...SET_FLAGS,
    { name: 'containers', short: 'c', type: 'string', default: '*' },
    flag.text('from'),
    flag.text('prefix'),
    flag.array('env', 'e'),
    flag.strings('keys'),
    flag.bool('list'),
    flag.bool('resolve'),
    flag.bool('overwrite', undefined, true),
  ],
  run,
};
