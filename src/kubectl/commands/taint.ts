/** kubectl taint. Follows staging/src/k8s.io/kubectl/pkg/cmd/taint/{taint,utils}.go. */

import type { KubeObject } from '../../engine/api/meta';
import { twoWayStrategicPatch } from '../../engine/api/patch/three-way';
import type { Node, Taint } from '../../engine/api/types';
import { isLabelValue, isQualifiedName } from '../../engine/api/validation/names';
import type { Call, Command, Turn } from '../command';
import { dryRunOf, writeOptions } from '../dry-run';
import { KubectlError, throwAll, usageError } from '../errors';
import { DRY_RUN, FIELD_MANAGER, flag, OUTPUT, SELECTOR, VALIDATE } from '../flag-sets';
import { findNamedKind } from '../named-kind';
import { printResult } from '../output-format';
import { type Info, type Query, select, visit } from '../selection';

interface TaintSpec {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

interface TaintChange {
  readonly add: readonly TaintSpec[];
  readonly remove: readonly TaintSpec[];
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** Reads `key=value:effect`, `key:effect` or `key`. */
function parseTaint(spec: string): TaintSpec {
  const [left = '', effect, ...more] = spec.split(':');
  if (more.length > 0) throw new KubectlError(`invalid taint spec: ${spec}`);
  let key = left;
  let value = '';
  if (effect !== undefined) {
    if (!EFFECTS.includes(effect)) throw new KubectlError(`invalid taint effect: ${effect}, unsupported taint effect`);
    const [name = '', given = '', ...others] = left.split('=');
    if (others.length > 0) throw new KubectlError(`invalid taint spec: ${spec}`);
    key = name;
    value = given;
    const problem = isLabelValue(value)[0];
    if (problem) throw new KubectlError(`invalid taint spec: ${spec}, ${problem}`);
  }
  const problems = isQualifiedName(key);
  if (problems.length > 0) throw new KubectlError(`invalid taint spec: ${spec}, ${problems.join('; ')}`);
  return { key, value, effect: effect ?? '' };
}

/** What additions and removals the arguments mean. */
export function parseTaints(specs: readonly string[]): TaintChange {
  const add: TaintSpec[] = [];
  const remove: TaintSpec[] = [];
  for (const spec of specs) {
    if (spec.endsWith('-')) {
      remove.push({ ...parseTaint(spec.slice(0, -1)), value: '' });
      continue;
    }
    const taint = parseTaint(spec);
    if (taint.effect === '') throw new KubectlError(`invalid taint spec: ${spec}`);
    if (add.some((each) => sameTaint(each, taint))) {
      const shown = `{${taint.key} ${taint.value} ${taint.effect} <nil>}`;
      throw new KubectlError(`duplicated taints with the same key and effect: ${shown}`);
    }
    add.push(taint);
  }
  return { add, remove };
}

function sameTaint(a: { key: string; effect: string }, b: { key: string; effect: string }): boolean {
  return a.key === b.key && a.effect === b.effect;
}

function splitArguments(args: readonly string[]): { resources: string[]; specs: string[] } {
  const resources: string[] = [];
  const specs: string[] = [];
  for (const word of args) {
    if (/[=:]/.test(word) || word.endsWith('-')) specs.push(word);
    else if (specs.length > 0) {
      throw new KubectlError(`all resources must be specified before taint changes: ${word}`);
    } else resources.push(word);
  }
  if (resources.length < 1) throw new KubectlError('one or more resources must be specified as <resource> <name>');
  if (specs.length < 1) throw new KubectlError('at least one taint update is required');
  return { resources, specs };
}

function validate(call: Call, resources: readonly string[], change: TaintChange): void {
  const type = (resources[0] as string).toLowerCase();
  const mapping = findNamedKind(call, type);
  if (!mapping)
    throw new KubectlError(`the server doesn't have a resource type ${JSON.stringify(type)}`, { bare: true });
  if (mapping.kind !== 'Node') {
    throw new KubectlError(`invalid resource type ${type}, only node types are supported`);
  }
  const conflicts = change.add.flatMap((added) =>
    change.remove
      .filter((removed) => removed.key === added.key && (removed.effect === '' || removed.effect === added.effect))
      .map((removed) => `${removed.key}=${removed.effect}`),
  );
  if (conflicts.length > 0) {
    throw new KubectlError(
      `can not both modify and remove the following taint(s) in the same command: ${conflicts.join(', ')}`,
    );
  }
  const all = call.flags.bool('all');
  const selector = call.flags.text('selector');
  if (all && selector) throw new KubectlError("setting 'all' parameter with a non empty selector is prohibited");
  if (!all && !selector && resources.length < 2) {
    throw new KubectlError("at least one resource name must be specified since 'all' parameter is not set");
  }
}

/** The taints after a change, and what kubectl calls the operation. Throws for taints to remove that aren't there. */
export function changedTaints(
  old: readonly Taint[],
  change: TaintChange,
  overwrite: boolean,
): { taints: Taint[]; operation: string } {
  const fresh: Taint[] = change.add.map(({ key, value, effect }) => ({
    key,
    ...(value ? { value } : {}),
    effect: effect as Taint['effect'],
  }));
  let taints: Taint[] = [...fresh, ...old.filter((taint) => !fresh.some((each) => sameTaint(each, taint)))];
  const added = old.length !== taints.length;
  let deleted = false;
  const errors: Error[] = [];
  for (const removed of change.remove) {
    const kept = taints.filter((taint) => (removed.effect ? !sameTaint(taint, removed) : taint.key !== removed.key));
    deleted = kept.length !== taints.length;
    const shown = removed.effect ? `${removed.key}:${removed.effect}` : removed.key;
    if (!deleted) errors.push(new KubectlError(`taint ${JSON.stringify(shown)} not found`));
    taints = kept;
  }
  throwAll(errors);
  if ((added && deleted) || overwrite) return { taints, operation: 'modified' };
  return { taints, operation: added ? 'tainted' : 'untainted' };
}

function taintOne(call: Call, info: Info, change: TaintChange): void {
  const dryRun = dryRunOf(call);
  const node = info.object as Node;
  const old = node.spec.taints ?? [];
  const overwrite = call.flags.bool('overwrite');
  const existing = change.add.filter((added) => old.some((taint) => sameTaint(taint, added))).map(({ key }) => key);
  if (!overwrite && existing.length > 0) {
    throw new KubectlError(
      `node ${info.name} already has ${existing.join(',')} taint(s) with same effect(s) and --overwrite is false`,
    );
  }
  const { taints, operation } = changedTaints(old, change, overwrite);
  const { taints: _taints, ...spec } = node.spec;
  const wanted: KubeObject = { ...node, spec: taints.length > 0 ? { ...spec, taints } : spec };
  if (dryRun === 'client') {
    printResult(call, wanted, operation);
    return;
  }
  const patch = { type: 'strategic', body: twoWayStrategicPatch(node, wanted) } as const;
  printResult(call, call.io.client.patch('Node', undefined, info.name, patch, writeOptions(dryRun)), operation);
}

function run(call: Call): Turn {
  const { resources, specs } = splitArguments(call.args);
  let change: TaintChange;
  try {
    change = parseTaints(specs);
  } catch (error) {
    throw error instanceof KubectlError ? usageError('taint', error.message) : error;
  }
  validate(call, resources, change);
  const selector = call.flags.text('selector');
  const all = call.flags.bool('all');
  const byName: Query = { args: ['node', ...resources.slice(1)] };
  const query: Query = all || selector ? { args: ['node'], allowEmptySelector: true, labelSelector: selector } : byName;
  visit(select(call, query), (info) => taintOne(call, info, change));
  return undefined;
}

/** kubectl taint. */
export const taint: Command = {
  path: 'taint',
  use: 'taint NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
  flags: [...SELECTOR, ...DRY_RUN, ...OUTPUT, ...VALIDATE, ...FIELD_MANAGER, flag.bool('overwrite'), flag.bool('all')],
  run,
};
