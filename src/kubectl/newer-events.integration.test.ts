/** Events under both of their groups. */
import { expect, test } from 'vitest';
import { createTerminal } from '../testing/terminal';

const EVENT = {
  apiVersion: 'events.k8s.io/v1',
  kind: 'Event',
  metadata: { name: 'e' },
  regarding: { kind: 'Pod', name: 'p', namespace: 'default' },
  reason: 'R',
  note: 'm',
  type: 'Normal',
  action: 'A',
  eventTime: '2026-01-01T00:00:00.000000Z',
  reportingController: 'x.y/z',
  reportingInstance: 'i',
};

test('an Event of the newer group is seen in both', () => {
  const { run } = createTerminal({ nodes: 0 });
  expect(run('apply -f -', JSON.stringify(EVENT)).stdout).toBe('event.events.k8s.io/e created\n');
  expect(run("get event e -o jsonpath='{.apiVersion} {.message} {.involvedObject.name}'").stdout).toBe('v1 m p');
  const newer = "get events.events.k8s.io e -o jsonpath='{.apiVersion} {.note} {.regarding.name} {.deprecatedSource}'";
  expect(run(newer).stdout).toBe('events.k8s.io/v1 m p {}');
  expect(run('get events.events.k8s.io --field-selector=regarding.name=p -o name').stdout).toBe(
    'event.events.k8s.io/e\n',
  );
  expect(run('get events.events.k8s.io --no-headers').stdout).toMatch(/Normal +R +pod\/p +m$/m);
  expect(run('delete events.events.k8s.io e').stdout).toBe('event.events.k8s.io "e" deleted from default namespace\n');
  expect(run('get events').stderr).toBe('No resources found in default namespace.\n');
});

test('what the newer group refuses', () => {
  const { run } = createTerminal({ nodes: 0 });
  const { eventTime: _time, ...old } = EVENT;
  const bad = { ...old, regarding: { ...EVENT.regarding, namespace: 'other' }, type: 'Foo' };
  expect(run('apply -f -', JSON.stringify(bad)).stderr).toBe(
    `The Event "e" is invalid: 
* involvedObject.namespace: Invalid value: "other": does not match event.namespace
* eventTime: Required value
* type: Invalid value: "": has invalid value: Foo
`,
  );
  run('apply -f -', JSON.stringify(EVENT));
  expect(run('apply -f -', JSON.stringify({ ...EVENT, note: 'n' })).stderr).toContain(
    'message: Invalid value: "n": field is immutable',
  );
});

test('the short name of Events may mean either group, which is said whenever it is looked up', () => {
  const { run } = createTerminal({ nodes: 0 });
  const also = 'Warning: short name "ev" could also match lower priority resource events.events.k8s.io\n';
  const missing = 'Error from server (NotFound): events "foo" not found\n';
  expect(run('get cm,ev -n nope').stderr).toBe(`${also}No resources found in nope namespace.\n`);
  expect(run('get ev/foo').stderr).toBe(also + missing);
  expect(run('describe ev foo').stderr).toBe(also + also + missing);
  expect(run('get ev.v1. -n nope').stderr).toBe(`${also}No resources found in nope namespace.\n`);
  expect(run('explain ev.reason').stderr).toContain(also);
  expect(run('auth can-i list ev').stderr).toBe(also);
  expect(run('create role r --verb=get --resource=ev').stderr).toBe(also + also);
  expect(run('get ev.events.k8s.io -n nope').stderr).toBe('No resources found in nope namespace.\n');
  expect(run('get events -n nope').stderr).toBe('No resources found in nope namespace.\n');
  expect(run('get hpa').stderr).toBe('No resources found in default namespace.\n');
});
