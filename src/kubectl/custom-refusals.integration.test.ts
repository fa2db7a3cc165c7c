/** What is refused of a custom kind is called by its resource, and what its fields say is said once. */
import { expect, it } from 'vitest';
import { createTerminal } from '../testing/terminal';

const BOATS = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: boats.sea.io}
spec:
  group: sea.io
  scope: Namespaced
  names: {plural: boats, kind: Boat}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            description: What the boat is to be.
            type: object
            properties:
              tags: {type: array, description: Words about it., items: {type: string, description: One word.}}
---
apiVersion: v1
kind: Namespace
metadata: {name: going, finalizers: [x.io/stay]}
`;

const boat = (name: string, namespace = 'default'): string =>
  JSON.stringify({ apiVersion: 'sea.io/v1', kind: 'Boat', metadata: { name, namespace }, spec: {} });

function withBoats() {
  const terminal = createTerminal({ nodes: 1 });
  terminal.run('apply -f -', BOATS);
  terminal.world.runFor(1_000);
  return terminal;
}

it('a quota and a namespace that goes refuse it by its plural', () => {
  const { run, world } = withBoats();
  run('create quota q --hard=count/boats.sea.io=1');
  run('delete ns going --wait=false');
  world.runFor(1_000);
  expect(run('create -f -', boat('a')).stdout).toBe('boat.sea.io/a created\n');
  const refused = (name: string): string =>
    `Error from server (Forbidden): error when creating "STDIN": boats.sea.io "${name}" is forbidden: `;
  expect(run('create -f -', boat('b')).stderr).toBe(
    `${refused('b')}exceeded quota: q, requested: count/boats.sea.io=1, used: count/boats.sea.io=1, limited: count/boats.sea.io=1\n`,
  );
  expect(run('create -f -', boat('c', 'going')).stderr).toBe(
    `${refused('c')}unable to create new content in namespace going because it is being terminated\n`,
  );
});

it('a quota of kinds that nobody counts has nothing used', () => {
  const { run, world } = withBoats();
  run('create quota q --hard=count/ships.sea.io=1');
  world.runFor(1_000);
  expect(run('get quota q -o jsonpath={.status}').stdout).toBe('{"hard":{"count/ships.sea.io":"1"}}');
});

it.each([
  ['spec', 'spec <Object>', 'What the boat is to be.\n    \nFIELDS:\n  tags\t<[]string>\n    Words about it.\n\n\n'],
  ['spec.tags', 'tags <[]string>', 'Words about it.\n    One word.\n    \n\n'],
])('explain boat.%s', (path, field, text) => {
  const head = 'GROUP:      sea.io\nKIND:       Boat\nVERSION:    v1\n';
  expect(withBoats().run(`explain boats.${path}`).stdout).toBe(
    `${head}\nFIELD: ${field}\n\n\nDESCRIPTION:\n    ${text}`,
  );
});
