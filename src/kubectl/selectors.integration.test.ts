/** Selectors that set and expose are given or find, as a real cluster answered. */
import { expect, test } from 'vitest';
import { createTerminal } from '../testing/terminal';

const WORLD = [
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } },
  {
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata: { name: 'old' },
    spec: {
      replicas: 0,
      template: { metadata: { labels: { app: 'old' } }, spec: { containers: [{ name: 'a', image: 'a' }] } },
    },
  },
]
  .map((object) => JSON.stringify(object))
  .join('\n---\n');

test.each([
  ['set selector service web app', 'error: match expression [{app Exists []}] not supported on this object\n'],
  ['set selector service web !app', 'error: match expression [{app DoesNotExist []}] not supported on this object\n'],
  [
    'set selector service web "app in (a,b)"',
    'error: match expression [{app In [a b]}] not supported on this object\n',
  ],
  ['set selector service web a=b', 'service/web selector updated\n'],
  [
    'get services,rc --sort-by=.metadata.name',
    'error: couldn\'t find any field with path "{.metadata.name}" in the list of objects\n',
  ],
  [
    'get services --sort-by=.spec.ports -o name',
    'F0101 00:00:00.000000       1 sorter.go:329] Field {.spec.ports} in *unstructured.Unstructured is an unsortable type: interface, err: unsortable type: []interface {}\n',
  ],
  [
    'get services --sort-by=.spec.ports',
    'F0101 00:00:00.000000       1 sorter.go:375] Field {.spec.ports} in [][][]reflect.Value is an unsortable type: interface, err: unsortable type: []interface {}\n',
  ],
  ['get services --sort-by=.nope', 'No resources found in default namespace.\n'],
  ['expose rc old --port=80', 'service/old exposed\n'],
])('%s', (line, answer) => {
  const { run } = createTerminal({ nodes: 0 });
  run('apply -f -', WORLD);
  const { stdout, stderr } = run(line);
  expect(stdout + stderr).toBe(answer);
});
