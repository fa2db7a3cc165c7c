import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../testing/world';
import type { KubeObject } from '../../api/meta';
import { StatusError } from '../../api/status-error';
import type { Pod, PodDisruptionBudget } from '../../api/types';

const REFUSED = "Cannot evict pod as it would violate the pod's disruption budget.";

interface Case {
  readonly phase?: string;
  readonly ready?: boolean;
  readonly budget?: Record<string, unknown>;
  readonly status?: Record<string, unknown>;
  readonly more?: readonly KubeObject[];
}

const budgetNamed = (name: string, spec: object = {}): KubeObject => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, namespace: 'default' },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
});

/** A Pod `p` bound to a Node without a kubelet, and a budget `web` whose status is as given. */
function worldOf({ phase = 'Running', ready = true, budget, status, more = [] }: Case): World {
  const pod: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default', labels: { app: 'web' } },
    spec: { nodeName: 'n', containers: [{ name: 'app', image: 'nginx' }] },
  };
  const world = createWorld({ nodes: 0, without: ['disruption-controller', 'pod-garbage-collector-controller'] });
  world.runFor(1);
  const budgets = budget || status ? [budgetNamed('web', budget)] : [];
  for (const object of [pod, ...more, ...budgets]) world.client.create(object);
  const conditions = [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: '2026-01-01T00:00:00Z' }];
  world.client.updateStatus({ ...world.get('Pod', 'default', 'p'), status: { phase, conditions } });
  if (status) {
    const stored = world.get('PodDisruptionBudget', 'default', 'web');
    const observedGeneration = stored.metadata.generation;
    const counts = { currentHealthy: 2, desiredHealthy: 2, expectedPods: 2, disruptionsAllowed: 0 };
    world.client.updateStatus({ ...stored, status: { observedGeneration, ...counts, ...status } });
  }
  return world;
}

function refusalOf(world: World): StatusError {
  try {
    world.client.evict('default', 'p');
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
  throw new Error('it was evicted');
}

/** Gone, or on its way out. */
function isEvicted(world: World): boolean {
  const pod = world.find<Pod>('Pod', 'default', 'p');
  return !pod || pod.metadata.deletionTimestamp !== undefined;
}

describe('evictPod', () => {
  it.each<[string, Case]>([
    ['a Pod without a budget', {}],
    ['a Pod whose budget allows it', { status: { disruptionsAllowed: 1 } }],
    ['a pending Pod, whatever the budget', { phase: 'Pending', status: {} }],
    ['a finished Pod, whatever the budget', { phase: 'Failed', status: {} }],
    ['a Pod that is not ready while the others are enough', { ready: false, status: {} }],
    [
      'a Pod that is not ready, always, if the policy says so',
      {
        ready: false,
        budget: { unhealthyPodEvictionPolicy: 'AlwaysAllow' },
        status: { currentHealthy: 0, desiredHealthy: 1 },
      },
    ],
    ['a Pod beside a budget without a selector', { budget: { selector: undefined }, status: {} }],
  ])('evicts %s', (_name, state) => {
    const world = worldOf(state);
    world.client.evict('default', 'p');
    expect(isEvicted(world)).toBe(true);
  });

  it.each<[string, Case, string, number]>([
    [
      'a budget with an empty selector, which is for all Pods of its namespace',
      { budget: { selector: {} }, status: {} },
      'The disruption budget web needs 2 healthy pods and has 2 currently',
      0,
    ],
    ['a budget that is spent', { status: {} }, 'The disruption budget web needs 2 healthy pods and has 2 currently', 0],
    [
      'a Pod that is not ready when too few are',
      { ready: false, status: { currentHealthy: 0, desiredHealthy: 1 } },
      'The disruption budget web needs 1 healthy pods and has 0 currently',
      0,
    ],
    [
      'a budget that is not counted yet',
      { status: { observedGeneration: 0, disruptionsAllowed: 5 } },
      'The disruption budget web is still being processed by the server.',
      10,
    ],
    [
      'a budget whose count failed',
      {
        status: {
          conditions: [
            {
              type: 'DisruptionAllowed',
              status: 'False',
              reason: 'SyncFailed',
              message: 'oh',
              lastTransitionTime: '2026-01-01T00:00:00Z',
            },
          ],
        },
      },
      'The disruption budget web does not allow evicting pods currently because it failed sync: oh',
      0,
    ],
    [
      'a budget that is spent though enough are healthy',
      { status: { currentHealthy: 3 } },
      'The disruption budget web does not allow evicting pods currently',
      0,
    ],
  ])('refuses with 429 for %s', (_name, state, cause, retryAfterSeconds) => {
    const world = worldOf(state);
    const refusal = refusalOf(world);
    expect(refusal).toMatchObject({ code: 429, reason: 'TooManyRequests', message: REFUSED });
    expect(refusal.details).toEqual({ causes: [{ reason: 'DisruptionBudget', message: cause }], retryAfterSeconds });
    expect(isEvicted(world)).toBe(false);
  });

  it('refuses with 500 for a Pod with two budgets', () => {
    const refusal = refusalOf(worldOf({ status: { disruptionsAllowed: 1 }, more: [budgetNamed('other')] }));
    expect(refusal).toMatchObject({ code: 500, reason: '' });
    expect(refusal.message).toBe(
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  });

  it('says what is not there', () => {
    const world = worldOf({});
    expect(() => world.client.evict('default', 'none')).toThrow('pods "none" not found');
  });

  it('takes one from the budget and notes the Pod, and says so when nothing is left', () => {
    const world = worldOf({ status: { disruptionsAllowed: 1 } });
    world.client.evict('default', 'p');
    const { status } = world.get<PodDisruptionBudget>('PodDisruptionBudget', 'default', 'web');
    expect(status).toMatchObject({ disruptionsAllowed: 0, disruptedPods: { p: '2026-01-01T00:00:00Z' } });
    expect(status.conditions).toMatchObject([
      { type: 'DisruptionAllowed', status: 'False', reason: 'InsufficientPods', message: '' },
    ]);
  });

  it('writes why into the Pod before it goes', () => {
    const world = worldOf({});
    world.client.evict('default', 'p');
    const written = world.simulation.history('Pod', 'default', 'p').map(({ value }) => value as Pod | undefined);
    const marked = written.find((pod) => pod?.status?.conditions?.some(({ type }) => type === 'DisruptionTarget'));
    expect(marked?.status.conditions?.[1]).toMatchObject({
      status: 'True',
      reason: 'EvictionByEvictionAPI',
      message: 'Eviction API: evicting',
    });
  });

  it('changes nothing in a dry run', () => {
    const world = worldOf({ status: { disruptionsAllowed: 1 } });
    const before = world.simulation.revision;
    world.client.evict('default', 'p', { dryRun: true });
    expect(world.simulation.revision).toBe(before);
  });
});
