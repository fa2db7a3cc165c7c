/** Deployments, ReplicaSets and budgets that the API server refuses, in its own words. */
import { beforeAll, describe, expect, test } from 'vitest';
import { bareWorld, refusedCreate, refusedUpdate, stored } from '../../../testing/refusal';
import { manifests, type World } from '../../../testing/world';
import type { Deployment, PodDisruptionBudget } from '../types';

let world: World;
beforeAll(() => {
  world = bareWorld();
});

function deployment(spec: string, selector = '{matchLabels: {app: web}}', template = ''): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: ${selector}
  ${spec}
  template: {metadata: {labels: {app: web}}, spec: {${template}containers: [{name: app, image: nginx}]}}`;
}

const MISMATCH =
  'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`';
const NEGATIVE = 'Invalid value: -1: must be greater than or equal to 0';
const PERCENT =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for " +
  "validation is '[0-9]+%')";
const UNAVAILABLE = 'spec.strategy.rollingUpdate.maxUnavailable';

const REFUSED: [string, string, string[]][] = [
  ['no selector', deployment('', 'null'), ['spec.selector: Required value', MISMATCH]],
  [
    'an empty selector',
    deployment('', '{}'),
    ['spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
  ],
  ['another selector', deployment('', '{matchLabels: {app: x}}'), [MISMATCH]],
  [
    'a wrong operator',
    deployment('', '{matchExpressions: [{key: app, operator: Equals, values: [web]}]}'),
    [
      'spec.selector.matchExpressions[0].operator: Invalid value: "Equals": not a valid selector operator',
      'spec.selector: Invalid value: {"matchExpressions":[{"key":"app","operator":"Equals","values":["web"]}]}: invalid label selector',
    ],
  ],
  ['negative replicas', deployment('replicas: -1'), [`spec.replicas: ${NEGATIVE}`]],
  [
    'Never',
    deployment('', undefined, 'restartPolicy: Never, '),
    ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
  ],
  [
    'a deadline in the template',
    deployment('', undefined, 'activeDeadlineSeconds: 5, '),
    ['spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported'],
  ],
  [
    'no room to move',
    deployment('strategy: {rollingUpdate: {maxSurge: 0%, maxUnavailable: 0}}'),
    [`${UNAVAILABLE}: Invalid value: 0: may not be 0 when \`maxSurge\` is 0`],
  ],
  [
    'words as percentages',
    deployment('strategy: {rollingUpdate: {maxSurge: half, maxUnavailable: 150%}}'),
    [
      `spec.strategy.rollingUpdate.maxSurge: Invalid value: "half": ${PERCENT}`,
      `${UNAVAILABLE}: Invalid value: "150%": must not be greater than 100%`,
    ],
  ],
  [
    'an unknown strategy',
    deployment('strategy: {type: Rolling}'),
    [
      'spec.strategy: Unsupported value: {"Type":"Rolling","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
    ],
  ],
  [
    'a deadline that comes too early',
    deployment('minReadySeconds: 30\n  progressDeadlineSeconds: 30'),
    ['spec.progressDeadlineSeconds: Invalid value: 30: must be greater than minReadySeconds'],
  ],
];

describe('Deployments', () => {
  test.each(REFUSED)('with %s are refused', (_what, text, complaints) => {
    expect(refusedCreate(world, text)).toEqual(complaints);
  });

  test('the selector is immutable, and Recreate leaves no rolling update', () => {
    const own = bareWorld();
    const web = stored<Deployment>(own, deployment(''));
    const template = { ...web.spec.template, metadata: { labels: { app: 'www' } } };
    const selector = { matchLabels: { app: 'www' } };
    expect(refusedUpdate(own, { ...web, spec: { ...web.spec, selector, template } })).toEqual([
      'spec.selector: Invalid value: {"matchLabels":{"app":"www"}}: field is immutable',
    ]);
    const strategy = { ...web.spec.strategy, type: 'Recreate' };
    expect(refusedUpdate(own, { ...web, spec: { ...web.spec, strategy } })).toEqual([
      "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'",
    ]);
  });

  test('a status must add up', () => {
    const own = bareWorld();
    const web = stored<Deployment>(own, deployment(''));
    const update = (status: object) => () => own.client.updateStatus({ ...web, status } as Deployment);
    expect(update({ replicas: 1, readyReplicas: 2 })).toThrow(
      'status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas',
    );
    expect(update({ replicas: -1 })).toThrow(`status.replicas: ${NEGATIVE}`);
  });
});

describe('PodDisruptionBudgets', () => {
  const budget = (spec: string) =>
    `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: b}\nspec: ${spec}`;

  test.each([
    [
      '{minAvailable: 1, maxUnavailable: 1, selector: {matchLabels: {app: web}}}',
      [
        'spec: Invalid value: {"MinAvailable":1,"Selector":{"matchLabels":{"app":"web"}},"MaxUnavailable":1,' +
          '"UnhealthyPodEvictionPolicy":null}: minAvailable and maxUnavailable cannot be both set',
      ],
    ],
    ['{minAvailable: "1"}', [`spec.minAvailable: Invalid value: "1": ${PERCENT}`]],
    [
      '{maxUnavailable: -1, unhealthyPodEvictionPolicy: Never}',
      [
        `spec.maxUnavailable: ${NEGATIVE}`,
        'spec.unhealthyPodEvictionPolicy: Unsupported value: "Never": supported values: "AlwaysAllow", "IfHealthyBudget"',
      ],
    ],
  ])('%s is refused', (spec, complaints) => {
    expect(refusedCreate(world, budget(spec))).toEqual(complaints);
  });

  test('the selector of a budget may change', () => {
    const own = bareWorld();
    const stable = stored<PodDisruptionBudget>(own, budget('{minAvailable: 1, selector: {matchLabels: {app: web}}}'));
    expect(stable.status).toEqual({ disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 });
    const [changed] = manifests(budget('{minAvailable: 2, selector: {matchLabels: {app: www}}}'));
    expect(refusedUpdate(own, { ...changed!, metadata: stable.metadata })).toEqual([]);
  });
});
