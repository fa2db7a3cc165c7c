/** What the scenarios about access promise, and the acceptance list with them. */
import { expect, test } from 'vitest';
import type { ClusterRole, Deployment, Pod } from '../../engine/api/types';
import type { Simulation } from '../../engine/simulation';
import type { CommandRecord } from '../../kubectl/user';
import { startText } from '../../testing/swarm';
import { GALLERY } from '.';

async function runThrough(name: string): Promise<Simulation> {
  const simulation = startText((await GALLERY.find((entry) => entry.name === name)?.load()) ?? '');
  simulation.run({ timeMs: 60_000 });
  return simulation;
}

/** What each command of the actions said, with its exit code, and how its requests went. */
function commands(simulation: Simulation): (CommandRecord & { readonly message: string })[] {
  return simulation.trace(1, simulation.step).flatMap(({ step, message }) => {
    const detail = simulation.detailAt(step) as CommandRecord | undefined;
    return detail?.type === 'command' && detail.startedMs > 0 ? [{ ...detail, message }] : [];
  });
}

test('bob may look and not delete: the texts, the station that refused, and nothing granted beyond', async () => {
  const [first, , look, remove, canList, canDelete, more, , after] = commands(await runThrough('may-look-not-delete'));
  const cannot = (verb: string, name = '') =>
    `Error from server (Forbidden): pods ${name}is forbidden: User "bob" cannot ${verb} resource "pods" in API group "" in the namespace "default"\n`;
  expect(first).toMatchObject({ code: 1, stderr: cannot('list') });
  expect(look).toMatchObject({ code: 0, stdout: expect.stringContaining('web') });
  expect(look?.message).toContain(
    'bob may list pods in default: RoleBinding "bob-looks/default" of ClusterRole "view"',
  );
  expect(remove).toMatchObject({ code: 1, stderr: cannot('delete', '"web" ') });
  expect(remove?.requests?.at(-1)).toMatchObject({ user: 'bob', verb: 'delete', refusedAt: 'authorization' });
  expect(remove?.message).toContain('passed authentication as bob and was refused at authorization');
  expect(canList).toMatchObject({ stdout: 'yes\n', code: 0 });
  expect(canDelete).toMatchObject({ stdout: 'no\n', code: 1 });
  expect(more?.stderr).toContain('User "bob" cannot create resource "rolebindings"');
  expect(after).toMatchObject({ code: 0, stdout: 'pod "web" deleted from default namespace\n' });
});

test('a ClusterRole reaches as far as its binding, and gathers what others add', async () => {
  const simulation = await runThrough('one-role-two-reaches');
  const [inDev, elsewhere, everywhere, before, , after, , gone] = commands(simulation);
  expect(inDev?.code).toBe(0);
  expect(elsewhere?.stderr).toContain(
    'User "dave" cannot list resource "configmaps" in API group "" in the namespace "default"',
  );
  expect(everywhere?.code).toBe(0);
  expect([before?.stdout, after?.stdout]).toEqual(['no\n', 'yes\n']);
  expect(gone?.code).toBe(1);
  const role = simulation.objectAt(simulation.step, 'ClusterRole', undefined, 'reader') as ClusterRole | undefined;
  expect(role?.rules?.flatMap(({ resources }) => resources)).toEqual(['configmaps', 'secrets']);
  const said = simulation.trace(1, simulation.step).map(({ message }) => message);
  expect(said).toContain('ClusterRole reader gathers 2 rules from the ClusterRoles its selectors choose; it had 1');
});

test('a policy refuses whoever may do anything, and warns when its binding says so', async () => {
  const simulation = await runThrough('a-policy-refuses');
  const [small, large, , patched, , warned] = commands(simulation);
  const why = (name: string, count: number) =>
    `deployments.apps "${name}" is forbidden: ValidatingAdmissionPolicy 'at-most-five' with binding 'at-most-five-here' denied request: at most 5 replicas here, not ${count}`;
  expect(small?.code).toBe(0);
  expect(large?.stderr).toBe(`error: failed to create deployment: ${why('large', 6)}\n`);
  expect(large?.requests?.at(-1)).toMatchObject({ user: 'kubernetes-admin', refusedAt: 'admission' });
  expect(patched?.code).toBe(1);
  expect(warned?.stderr).toContain("Warning: Validation failed for ValidatingAdmissionPolicy 'at-most-five'");
  const deployments = simulation.objectsAt(simulation.step, 'Deployment') as Deployment[];
  expect(deployments.map(({ metadata, spec }) => [metadata.name, spec.replicas])).toEqual([
    ['large', 6],
    ['small', 3],
  ]);
  expect((simulation.objectsAt(simulation.step, 'Pod') as Pod[]).length).toBe(9);
});
