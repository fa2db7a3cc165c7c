/** Every component is allowed what it does by its real role: nothing is let through besides. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { goldenTrace } from '../../../testing/golden';
import type { UserInfo } from '../../api/request';
import { findResource } from '../../api/scheme';
import type { Component } from '../../client/component';
import { identityOf } from '../../client/identity';
import { CONTROLLERS } from '../../controllers/registry';
import { createFoundation } from '../../runtime/foundation';
import { scheduler } from '../../scheduler/scheduler';
import { Store } from '../../store/store';
import { ApiServer } from '../handle';
import { ClusterAuthorizer } from './cluster-authorizer';

const GOLDEN = new URL('../../../testing/golden/', import.meta.url);

const foundation = createFoundation('2026-01-01T00:00:00Z');

afterEach(() => vi.restoreAllMocks());

describe('no request of a component is refused by a role', () => {
  test.each(readdirSync(GOLDEN).filter((name) => name.endsWith('.yaml')))('in %s', (name) => {
    const refused = new Set<string>();
    const handle = ApiServer.prototype.handle;
    vi.spyOn(ApiServer.prototype, 'handle').mockImplementation(function (this: ApiServer, request) {
      const answer = handle.call(this, request);
      if (answer.status?.reason === 'Forbidden' && answer.status.message.includes(' cannot ')) {
        refused.add(answer.status.message);
      }
      return answer;
    });
    goldenTrace(readFileSync(new URL(name, GOLDEN), 'utf8'));
    expect([...refused]).toEqual([]);
  });
});

/** Controllers share their informers, which ask as kube-controller-manager itself (shared-informers). */
function watcherOf(component: Component): UserInfo {
  if (component.process !== 'kube-controller-manager') return identityOf(component);
  return { name: 'system:kube-controller-manager', groups: ['system:authenticated'] };
}

test.each(
  CONTROLLERS.filter((each) => identityOf(each).name.startsWith('system:serviceaccount:kube-system:')).map(
    (each) => [each.name, each] as const,
  ),
)('the role of %s is bound to the account by whose name it asks (client/identity.ts)', (_name, controller) => {
  const account = identityOf(controller).name.split(':').at(-1);
  expect(foundation.get('ClusterRoleBinding')?.has(`system:controller:${account}`), account).toBe(true);
});

describe('what a component watches it may list and watch', () => {
  const authorizer = new ClusterAuthorizer(new Store([], foundation));
  test.each([...CONTROLLERS, scheduler].map((component) => [component.name, component] as const))(
    '%s',
    (_name, component) => {
      const user = watcherOf(component);
      const lacking = component.watches.flatMap(({ kind }) => {
        const info = findResource(kind);
        if (!info) return [];
        return ['list', 'watch'].flatMap((verb) =>
          authorizer.decide({ user, verb, group: info.group, resource: info.plural }).allowed
            ? []
            : [`${verb} ${kind}`],
        );
      });
      expect(lacking).toEqual([]);
    },
  );
});
