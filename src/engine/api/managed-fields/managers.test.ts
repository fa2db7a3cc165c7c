import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findResource } from '../scheme';
import { fieldsOf, pathText, setOf } from './field-set';
import {
  ApplyConflicts,
  afterApply,
  afterUpdate,
  conflictError,
  entriesOf,
  type Managers,
  type Write,
} from './managers';
import { configurationProblems } from './problems';
import { topologyOf } from './topology';
import { fieldSetOf } from './values';

const TIME = '2026-01-01T00:00:00Z';
const NOBODY: Managers = new Map();

function write(kind: string, manager: string, operation: 'Apply' | 'Update', apiVersion = 'v1'): Write {
  const topology = topologyOf(findResource(kind) as never);
  return { topology, writer: { manager, operation, apiVersion, subresource: '' }, time: TIME, excluded: 'status' };
}

const applied = (kind: string, manager: string, managers: Managers, live: unknown, config: string, force = false) =>
  afterApply(managers, live, parse(config), write(kind, manager, 'Apply'), force);

const POD = { apiVersion: 'v1', kind: 'Pod', metadata: {} };
const paths = (managers: Managers): Record<string, string[]> =>
  Object.fromEntries(
    [...managers.values()].map(({ writer, fields }) => [writer.manager, [...fields].map(pathText).sort()]),
  );

describe('server-side apply', () => {
  it('owns what it says, item by item, and takes back what it says no more', () => {
    const config = 'spec: {containers: [{name: a, image: x}, {name: b, image: y}], nodeSelector: {d: e}}';
    const first = applied('Pod', 'me', NOBODY, POD, config);
    expect(paths(first.managers).me).toEqual([
      '.spec.containers[name="a"]',
      '.spec.containers[name="a"].image',
      '.spec.containers[name="a"].name',
      '.spec.containers[name="b"]',
      '.spec.containers[name="b"].image',
      '.spec.containers[name="b"].name',
      '.spec.nodeSelector',
    ]);
    const second = applied('Pod', 'me', first.managers, first.object, 'spec: {containers: [{name: b, image: y}]}');
    expect(second.object).toEqual({ ...POD, spec: { containers: [{ name: 'b', image: 'y' }] } });
  });

  it('leaves what another applier owns too, and what only updates made', () => {
    const first = applied('ConfigMap', 'one', NOBODY, {}, 'data: {a: "1", b: "2"}');
    const second = applied('ConfigMap', 'two', first.managers, first.object, 'data: {b: "2"}');
    expect(second.object).toBeUndefined();
    const live = { data: { a: '1', b: '2', c: '3' } };
    const third = afterUpdate(second.managers, first.object, live, write('ConfigMap', 'edit', 'Update'));
    const last = applied('ConfigMap', 'one', third, live, 'data: {}');
    expect(last.object).toEqual({ data: { b: '2', c: '3' } });
    expect(paths(last.managers)).toEqual({ two: ['.data.b'], edit: ['.data.c'], one: ['.data'] });
  });

  it('refuses to change what others manage, unless forced', () => {
    const live = { data: { a: '1', b: '2' } };
    const managers = afterUpdate(NOBODY, {}, live, write('ConfigMap', 'edit', 'Update'));
    const attempt = () => applied('ConfigMap', 'me', managers, live, 'data: {a: "x", b: "y"}');
    expect(attempt).toThrow(ApplyConflicts);
    try {
      attempt();
    } catch (error) {
      expect(conflictError((error as ApplyConflicts).conflicts)).toMatchObject({
        code: 409,
        message: 'Apply failed with 2 conflicts: conflicts with "edit" using v1:\n- .data.a\n- .data.b',
      });
    }
    const forced = applied('ConfigMap', 'me', managers, live, 'data: {a: "x"}', true);
    expect(paths(forced.managers)).toEqual({ edit: ['.data', '.data.b'], me: ['.data.a'] });
  });

  it.each([
    ['[b, a]', '[a, c, b]', ['c', 'b', 'a']],
    ['[d, a]', '[a, b]', ['d', 'a', 'b']],
    ['[x]', '[a, b]', ['a', 'b', 'x']],
    ['[a, b, c]', '[c, a]', ['a', 'b', 'c']],
  ])('%s merged into %s keeps the order of the configuration', (config, live, order) => {
    const pod = (names: string) => `spec: {containers: ${names.replaceAll(/\w+/g, '{name: $&}')}}`;
    const result = applied('Pod', 'me', NOBODY, parse(pod(live)), pod(config));
    const { spec } = (result.object ?? parse(pod(live))) as { spec: { containers: { name: string }[] } };
    expect(spec.containers.map(({ name }) => name)).toEqual(order);
  });

  it('knows ports by number and protocol, and TCP without one', () => {
    const topology = topologyOf(findResource('Service') as never);
    const set = fieldSetOf(topology, parse('spec: {ports: [{port: 80}], selector: {a: b}}'));
    expect([...set].map(pathText)).toEqual([
      '.spec.ports[port=80,protocol="TCP"].port',
      '.spec.ports[port=80,protocol="TCP"]',
      '.spec.selector',
    ]);
    expect(setOf(fieldsOf(set))).toEqual(set);
  });
});

describe('configurationProblems', () => {
  const topology = topologyOf(findResource('Service') as never);
  it.each([
    ['spec: {foo: 1}', '.spec.foo: field not declared in schema'],
    ['spec: {foo: 1, goo: 2}', '.spec.foo: field not declared in schema'],
    ['spec: {selector: {a: 1}}', '.spec.selector.a: expected string, got &value.valueUnstructured{Value:1}'],
    [
      'spec: {ports: [{port: 80}, {port: 80, protocol: TCP}]}',
      '.spec.ports: duplicate entries for key [port=80,protocol="TCP"]',
    ],
    ['spec: [a]', '.spec: expected map, got &value.valueUnstructured{Value:a}'],
  ])('%s', (text, problem) => {
    expect(configurationProblems(topology, parse(text))).toEqual([problem]);
  });
});

describe('afterUpdate', () => {
  it('never names what the server sets, and names an emptied map', () => {
    const before = { metadata: { name: 'a', uid: '1', labels: { x: 'y' } } };
    const after = { metadata: { name: 'a', uid: '2', generation: 3, annotations: {} } };
    const managers = afterUpdate(NOBODY, before, after, write('ConfigMap', 'me', 'Update'));
    expect(entriesOf(managers)).toEqual([
      {
        apiVersion: 'v1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:metadata': { 'f:annotations': {} } },
        manager: 'me',
        operation: 'Update',
        time: TIME,
      },
    ]);
  });
});
