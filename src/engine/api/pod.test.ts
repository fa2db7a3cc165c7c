import { describe, expect, test } from 'vitest';
import { findCondition, removeCondition, setCondition } from './conditions';
import { isPercent, scaledValueFromIntOrPercent } from './int-or-percent';
import {
  findUntoleratedTaint,
  getPodReadyCondition,
  isPodActive,
  isPodAvailable,
  isPodReady,
  isPodTerminal,
  podLimits,
  podRequests,
  qosClass,
  toleratesTaint,
} from './pod';
import { podTemplateHash, safeEncodeString } from './pod-template-hash';
import { fieldSchema, typeSchema } from './schema';
import type { Container, Pod, PodSpec, PodTemplateSpec } from './types';

const pod = (spec: Partial<PodSpec>, status: Pod['status'] = {}, metadata: Partial<Pod['metadata']> = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', ...metadata },
  spec: { containers: [], ...spec },
  status,
});
const asks = (cpu?: string, memory?: string, more: Partial<Container> = {}): Container => ({
  name: `c-${cpu}-${memory}`,
  resources: { requests: { ...(cpu && { cpu }), ...(memory && { memory }) } },
  ...more,
});
const MI = 1024 ** 2;

describe('what a Pod asks for', () => {
  test.each<[string, Partial<PodSpec>, Record<string, number>]>([
    ['nothing', { containers: [{ name: 'a' }] }, {}],
    ['the sum', { containers: [asks('100m', '1Mi'), asks('0.2', '2Mi')] }, { cpu: 300, memory: 3 * MI }],
    [
      'the largest init container, where that is more',
      { containers: [asks('100m', '10Mi')], initContainers: [asks('500m', '1Mi'), asks('200m', '5Mi')] },
      { cpu: 500, memory: 10 * MI },
    ],
    [
      'sidecars beside everything after them',
      {
        containers: [asks('100m')],
        initContainers: [asks('300m'), asks('50m', undefined, { restartPolicy: 'Always' }), asks('400m')],
      },
      { cpu: 450 },
    ],
    [
      'overhead on top',
      { containers: [asks('100m')], overhead: { cpu: '10m', memory: '1Mi' } },
      { cpu: 110, memory: MI },
    ],
    [
      'a request for the whole Pod',
      { containers: [asks('100m', '5Mi')], resources: { requests: { cpu: '1' } } },
      { cpu: 1000, memory: 5 * MI },
    ],
    [
      'thousandths of a CPU after adding up, not before',
      { containers: [asks('500u'), asks('500u'), asks('1500u')] },
      { cpu: 3 },
    ],
    [
      'extended resources',
      { containers: [{ name: 'a', resources: { requests: { 'x.io/gpu': '2' } } }] },
      { 'x.io/gpu': 2 },
    ],
  ])('%s', (_name, spec, amounts) => {
    expect(Object.fromEntries(podRequests(pod(spec)))).toEqual(amounts);
  });

  test('what the Pod as a whole asks for takes the place of such a little, and can be left out', () => {
    const spec = { containers: [{ name: 'a' }, asks('10m')], resources: { requests: { cpu: '1' } } };
    expect(Object.fromEntries(podRequests(pod(spec), { nonzero: true }))).toEqual({ cpu: 1000, memory: 400 * MI });
    const all = { containers: [{ name: 'a' }], resources: { requests: { cpu: '1', memory: '1Mi' } } };
    expect(Object.fromEntries(podRequests(pod(all), { nonzero: true }))).toEqual({ cpu: 1000, memory: MI });
    const containers = podRequests(pod(all), { nonzero: true, excludePodLevel: true });
    expect(Object.fromEntries(containers)).toEqual({ cpu: 100, memory: 200 * MI });
  });

  test('for spreading load, asking for nothing counts as a little', () => {
    const spec = { containers: [{ name: 'a' }, asks('10m', '0')] };
    expect(Object.fromEntries(podRequests(pod(spec), { nonzero: true }))).toEqual({ cpu: 110, memory: 200 * MI });
  });

  test('limits get overhead only where there is a limit', () => {
    const spec = {
      containers: [{ name: 'a', resources: { limits: { cpu: '1' } } }],
      overhead: { cpu: '10m', memory: '1Mi' },
    };
    expect(Object.fromEntries(podLimits(pod(spec)))).toEqual({ cpu: 1010 });
  });

  const both = (requests: Record<string, string>, limits: Record<string, string>): Container => ({
    name: 'a',
    resources: { requests, limits },
  });
  test.each<[string, Partial<PodSpec>, string]>([
    ['nothing at all', { containers: [{ name: 'a' }] }, 'BestEffort'],
    ['zero', { containers: [both({ cpu: '0' }, {})] }, 'BestEffort'],
    ['other resources only', { containers: [both({ 'x.io/gpu': '1' }, { 'x.io/gpu': '1' })] }, 'BestEffort'],
    ['requests only', { containers: [asks('1', '1Gi')] }, 'Burstable'],
    ['equal', { containers: [both({ cpu: '1', memory: '1Gi' }, { cpu: '1000m', memory: '1024Mi' })] }, 'Guaranteed'],
    ['unequal', { containers: [both({ cpu: '1', memory: '1Gi' }, { cpu: '2', memory: '1Gi' })] }, 'Burstable'],
    ['cpu only', { containers: [both({ cpu: '1' }, { cpu: '1' })] }, 'Burstable'],
    [
      'one container without limits',
      { containers: [both({ cpu: '1', memory: '1Gi' }, { cpu: '1', memory: '1Gi' }), { name: 'b' }] },
      'Burstable',
    ],
    [
      'for the whole Pod',
      {
        containers: [{ name: 'b' }],
        resources: both({ cpu: '1', memory: '1Gi' }, { cpu: '1', memory: '1Gi' }).resources,
      },
      'Guaranteed',
    ],
  ])('class with %s', (_name, spec, expected) => {
    expect(qosClass(pod(spec))).toBe(expected);
  });
});

describe('the state of a Pod', () => {
  const DELETED = { deletionTimestamp: '2026-01-01T00:00:00Z' };

  test.each<[string, Pod, boolean, boolean]>([
    ['running', pod({}, { phase: 'Running' }), true, false],
    ['failed', pod({}, { phase: 'Failed' }), false, true],
    ['being deleted', pod({}, { phase: 'Running' }, DELETED), false, false],
    ['succeeded and being deleted', pod({}, { phase: 'Succeeded' }, DELETED), false, true],
  ])('%s', (_name, subject, active, terminal) => {
    expect([isPodActive(subject), isPodTerminal(subject)]).toEqual([active, terminal]);
  });

  const ready = (status: 'True' | 'False') =>
    pod({}, { conditions: [{ type: 'Ready', status, lastTransitionTime: '10' }] });
  const timeOf = (text: string) => Number(text) * 1000;

  test.each([
    ['True', 0, 10_000, true],
    ['True', 5, 14_999, false],
    ['True', 5, 15_000, true],
    ['False', 0, 99_000, false],
  ] as const)('Ready %s, minReadySeconds %d, at %d ms: available %s', (status, minReadySeconds, nowMs, available) => {
    expect(isPodAvailable(ready(status), minReadySeconds, nowMs, timeOf)).toBe(available);
    expect(isPodReady(ready(status))).toBe(status === 'True');
  });

  test('no conditions, no readiness', () => {
    expect(getPodReadyCondition(pod({}))).toBeUndefined();
    expect(isPodAvailable(pod({}), 0, 0, timeOf)).toBe(false);
  });
});

describe('conditions', () => {
  const first = { type: 'A', status: 'True', reason: 'x', lastTransitionTime: '1' };
  const second: typeof first = { type: 'B', status: 'False', reason: 'z', lastTransitionTime: '2' };

  test('a changed reason keeps the time, a changed status does not', () => {
    const list = [first, second];
    const same = setCondition(list, { ...first, reason: 'y', lastTransitionTime: '9' });
    expect(same).toEqual([{ ...first, reason: 'y' }, second]);
    expect(setCondition(list, { ...first, status: 'False', lastTransitionTime: '9' })[0]!.lastTransitionTime).toBe('9');
    expect(list[0]).toBe(first);
  });

  test('a new one goes to the end', () => {
    expect(setCondition(undefined, first)).toEqual([first]);
    expect(setCondition([second], first)).toEqual([second, first]);
    expect(removeCondition([first, second], 'A')).toEqual([second]);
    expect(findCondition([first, second], 'C')).toBeUndefined();
  });
});

describe('taints', () => {
  const taint = { key: 'gpu', value: 'yes', effect: 'NoSchedule' };
  test.each([
    [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }, true],
    [{ key: 'gpu', operator: 'Equal', value: 'yes' }, true],
    [{ key: 'gpu', operator: 'Equal', value: 'no' }, false],
    [{ key: 'gpu', operator: 'Exists' }, true],
    [{ key: 'gpu', operator: 'Exists', effect: 'NoExecute' }, false],
    [{ operator: 'Exists' }, true],
    [{ key: 'disk', operator: 'Exists' }, false],
    [{ key: 'gpu', operator: 'Gt', value: '1' }, false],
  ])('%j tolerates: %s', (toleration, tolerated) => {
    expect(toleratesTaint(toleration, taint)).toBe(tolerated);
    expect(findUntoleratedTaint([taint], [toleration])).toBe(tolerated ? undefined : taint);
  });

  test('only the taints that matter are looked at', () => {
    const soft = { key: 'a', effect: 'PreferNoSchedule' };
    expect(findUntoleratedTaint([soft, taint], [], (one) => one.effect === 'NoSchedule')).toBe(taint);
    expect(findUntoleratedTaint(undefined, [])).toBeUndefined();
  });
});

describe('numbers or percentages', () => {
  test.each<[number | string, number, boolean, number]>([
    [3, 10, true, 3],
    ['25%', 4, true, 1],
    ['25%', 3, true, 1],
    ['25%', 3, false, 0],
    ['100%', 7, false, 7],
    ['150%', 3, false, 4],
    ['0%', 10, true, 0],
  ])('%s of %d, round up %s: %d', (value, total, roundUp, expected) => {
    expect(scaledValueFromIntOrPercent(value, total, roundUp)).toBe(expected);
  });

  test.each([
    ['3', 'invalid value for IntOrString: invalid type: string is not a percentage'],
    ['x%', 'invalid value for IntOrString: invalid value "x%": strconv.Atoi: parsing "x": invalid syntax'],
  ])('%s is refused', (value, message) => {
    expect(() => scaledValueFromIntOrPercent(value, 10, true)).toThrow(new Error(message));
    expect(isPercent(value)).toBe(false);
  });
});

describe('the hash of a Pod template', () => {
  const template: PodTemplateSpec = {
    metadata: { labels: { app: 'web', tier: 'a' } },
    spec: { containers: [{ name: 'web', image: 'nginx:1' }], restartPolicy: 'Always' },
  };

  test('the order of keys and absent fields leave it alone', () => {
    const same: PodTemplateSpec = {
      spec: { restartPolicy: 'Always', containers: [{ image: 'nginx:1', name: 'web' }], nodeName: undefined },
      metadata: { labels: { tier: 'a', app: 'web' } },
    };
    expect(podTemplateHash(same)).toBe(podTemplateHash(template));
  });

  test('any change changes it, and so does a collision', () => {
    const other = { ...template, spec: { ...template.spec, containers: [{ name: 'web', image: 'nginx:2' }] } };
    const hashes = [
      podTemplateHash(template),
      podTemplateHash(other),
      podTemplateHash(template, 0),
      podTemplateHash(template, 1),
    ];
    expect(new Set(hashes).size).toBe(4);
    for (const hash of hashes) expect(hash).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{1,10}$/);
  });

  test('digits are encoded as upstream encodes them', () => {
    expect(safeEncodeString('1234567890')).toBe('56789bcdf4');
  });
});

describe('the schema of fields', () => {
  test.each([
    ['PodSpec', 'containers', 'merge', 'name', false],
    ['PodSpec', 'volumes', 'merge', 'name', true],
    ['PodSpec', 'tolerations', undefined, undefined, false],
    ['PodSpec', 'topologySpreadConstraints', 'merge', 'topologyKey', false],
    ['Container', 'ports', 'merge', 'containerPort', false],
    ['Container', 'volumeMounts', 'merge', 'mountPath', false],
    ['Container', 'args', undefined, undefined, false],
    ['ServiceSpec', 'ports', 'merge', 'port', false],
    ['DeploymentSpec', 'strategy', undefined, undefined, true],
    ['ObjectMeta', 'finalizers', 'merge', undefined, false],
    ['ObjectMeta', 'ownerReferences', 'merge', 'uid', false],
    ['PodDisruptionBudgetSpec', 'selector', 'replace', undefined, false],
  ])('%s.%s is patched by %s %s', (type, name, patchStrategy, patchMergeKey, retainKeys) => {
    expect(fieldSchema(type, name)).toMatchObject({ name, patchStrategy, patchMergeKey, retainKeys });
  });

  test('every struct that a field names is there', () => {
    const seen = new Set<string>();
    const visit = (type: string): void => {
      if (seen.has(type)) return;
      seen.add(type);
      for (const field of typeSchema(type)!.values()) if (field.type === 'struct') visit(field.typeName);
    };
    for (const kind of ['Pod', 'Deployment', 'Service', 'Node', 'Event', 'EndpointSlice', 'Lease']) visit(kind);
    expect(seen.size).toBeGreaterThan(150);
    expect(fieldSchema('Pod', 'nonsense')).toBeUndefined();
  });
});
