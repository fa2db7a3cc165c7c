/** What a real 1.36.3 answered to --raw of commands that write. */
import { expect, test } from 'vitest';
import { createSession } from '../session/create-session';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec: {containers: [{name: c, image: nginx}]}\n';
const CM = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"raw"},"data":{"k":"v"}}';
const PATH = '/api/v1/namespaces/default/configmaps';
const NOT_FOUND = 'Error from server (NotFound): the server could not find the requested resource\n';

function terminal() {
  const { session } = createSession(POD);
  const { simulation } = session!;
  simulation.run({ timeMs: 10_000 });
  return {
    simulation,
    ask: (command: string, stdin?: string) =>
      session!.kubectl(command, { step: simulation.step, timeMs: simulation.nowMs }, { stdin }),
  };
}

test('objects are made, replaced and deleted', () => {
  const { ask } = terminal();
  expect(ask(`create --raw ${PATH} -f -`, CM).stdout).toMatch(
    /^\{"kind":"ConfigMap","apiVersion":"v1","metadata":\{"name":"raw","namespace":"default",.*"data":\{"k":"v"\}\}\n$/,
  );
  expect(ask(`create --raw ${PATH} -f -`, CM).stderr).toBe(
    'Error from server (AlreadyExists): configmaps "raw" already exists\n',
  );
  expect(ask(`replace --raw ${PATH}/raw -f -`, CM.replace('"v"', '"w"')).stdout).toContain('"data":{"k":"w"}');
  expect(ask(`delete --raw ${PATH}/raw`).stdout).toMatch(
    /^\{"kind":"Status","apiVersion":"v1","metadata":\{\},"status":"Success","details":\{"name":"raw","kind":"configmaps","uid":"[-0-9a-f]+"\}\}\n$/,
  );
  expect(ask(`delete --raw ${PATH}/raw`).stderr).toBe('Error from server (NotFound): configmaps "raw" not found\n');
});

test('a Pod that ends gracefully is the answer to its deletion', () => {
  const { ask } = terminal();
  expect(ask('delete --raw /api/v1/namespaces/default/pods/one').stdout).toMatch(
    /^\{"kind":"Pod","apiVersion":"v1",.*"deletionTimestamp"/,
  );
});

test('a Pod is evicted', () => {
  const { ask, simulation } = terminal();
  const body = '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"one","namespace":"default"}}';
  const evict = (pod: string) => ask(`create --raw /api/v1/namespaces/default/pods/${pod}/eviction -f -`, body);
  expect(evict('two').stderr).toContain('pods "two" not found');
  expect(evict('one')).toMatchObject({ code: 0 });
  simulation.run({ timeMs: simulation.nowMs + 60_000 });
  expect(simulation.objectAt(simulation.step, 'Pod', 'default', 'one')).toBeUndefined();
});

test('what cannot be done is refused as kubectl and the server do', () => {
  const { ask } = terminal();
  for (const [command, stdin, stderr] of [
    [`create --raw ${PATH}`, '', 'error: must specify one of -f and -k\n'],
    ['create --raw /api/v1/nope -f -', '{}', NOT_FOUND],
    [`replace --raw ${PATH} -f -`, '{}', NOT_FOUND],
    [
      `create --raw ${PATH} -f -`,
      'not json',
      "Error from server (BadRequest): the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; " +
        "json parse error: invalid character 'o' in literal null (expecting 'u') (6e6f74206a736f6e)\n",
    ],
    [`create --raw ${PATH} -f - -f b`, CM, 'error: --raw can only use a single local file or stdin\n'],
    [`create --raw ${PATH} -f - -o yaml`, CM, 'error: --raw and --output are mutually exclusive\n'],
    [`create --raw ${PATH} -f - -l a=b`, CM, 'error: --raw and --selector (-l) are mutually exclusive\n'],
    [`replace --raw ${PATH}/raw -f nope`, '', 'error: open nope: no such file or directory\n'],
    ['delete --raw pods/one', '', 'error: --raw must be a valid URL path: parse "pods/one": invalid URI for request\n'],
  ] as const) {
    expect(ask(command, stdin)).toMatchObject({ code: 1, stderr });
  }
});
