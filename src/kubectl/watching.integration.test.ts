import { describe, expect, it } from 'vitest';
import { createTerminal } from '../testing/terminal';

const lines = (text: string): string[] => text.split('\n').slice(0, -1);

describe('kubectl get -w', () => {
  it('prints a row for every change of a Pod, in the order of the seeds (C62)', () => {
    const { run, type, records, world } = createTerminal();
    type('get pods -o wide -w --request-timeout=20s');
    world.runFor(1000);
    run('run a --image=nginx');
    world.runFor(5000);
    run('delete pod a');
    world.runFor(20_000);
    const [header, ...rows] = lines(records().find(({ command }) => command.includes('-w'))?.stdout ?? '');
    expect(header).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE +IP +NODE/);
    const seen = rows.map((row) => row.split(/ {2,}/).slice(1, 3).join(' '));
    expect(seen.slice(0, 3)).toEqual(['0/1 Pending', '0/1 Pending', '0/1 ContainerCreating']);
    expect(seen).toContain('1/1 Running');
    expect(seen.indexOf('1/1 Running')).toBeLessThan(seen.indexOf('1/1 Terminating'));
    expect(seen.slice(-2)).toEqual(['0/1 Completed', '0/1 Completed']);
    // Columns stay where the header is.
    expect(new Set(rows.map((row) => row.search(/\d\/1/)))).toEqual(new Set([header?.indexOf('READY')]));
  });

  it('follows one object, with or without what is there', () => {
    const { run, type, records, world } = createTerminal();
    run('create configmap a --from-literal=k=1');
    type('get cm a --watch-only --output-watch-events --request-timeout=3s');
    type('timeout 2s kubectl get cm a -o name -w');
    run(`patch cm a -p '{"data":{"l":"2"}}'`);
    run('delete cm a');
    world.runFor(5000);
    const [byName, byTable] = records().filter(({ command }) => command.includes('get cm a'));
    expect(byName).toMatchObject({ stdout: 'configmap/a\nconfigmap/a\nconfigmap/a\n', code: 124 });
    expect(lines(byTable?.stdout ?? '').map((line) => line.replace(/ +/g, ' '))).toEqual([
      'EVENT NAME DATA AGE',
      'MODIFIED a 2 0s',
      'DELETED a 2 0s',
    ]);
    expect(byTable?.code).toBe(0);
  });

  it('prints events as a whole, with managedFields, where a form shows them', () => {
    const { run, type, records, world } = createTerminal();
    run('create configmap a --from-literal=k=1');
    const of = (format: string): string => `get cm a -o ${format} -w --output-watch-events --request-timeout=1s`;
    const formats = ['name', 'json', 'yaml', 'kyaml', 'go-template={{.type}}', 'jsonpath={.object.metadata.name}'];
    for (const format of formats) type(of(format));
    world.runFor(3000);
    const [name, json = '', yaml, kyaml, template, path] = formats.map(
      (format) => records().find(({ command }) => command.includes(` -o ${format}`))?.stdout,
    );
    expect([name, template, path]).toEqual(['configmap/a\n', 'ADDED', 'a']);
    expect(json).toMatch(/^\{"type":"ADDED","object":\{"apiVersion":"v1",.*\}\}\n$/);
    expect(JSON.parse(json)).toMatchObject({
      object: { metadata: { managedFields: [{ manager: 'kubectl-create' }] } },
    });
    expect(yaml).toMatch(/^object:\n {2}apiVersion: v1\n[\s\S]* {4}managedFields:\n[\s\S]*\ntype: ADDED\n$/);
    expect(kyaml).toMatch(/^---\n\{\n {2}type: "ADDED",\n {2}object: \{\n[\s\S]* managedFields: \[/);
  });

  it('sees what begins and ceases to match a selector as added and deleted', () => {
    const { run, type, records, world } = createTerminal();
    run('create configmap a');
    type('get cm -l x=y -w --output-watch-events --request-timeout=3s');
    run('label cm a x=y');
    run('label cm a x-');
    world.runFor(5000);
    const { stdout = '' } = records().find(({ command }) => command.includes('-w')) ?? {};
    expect(lines(stdout).map((line) => line.split(/ +/)[0])).toEqual(['EVENT', 'ADDED', 'DELETED']);
  });

  it.each([
    ['get cm,secrets -w', 'error: you may only specify a single resource type\n'],
    ['get cm nosuch -w', 'Error from server (NotFound): configmaps "nosuch" not found\n'],
    [
      'get cm kube-root-ca.crt nosuch -w --ignore-not-found --request-timeout=1x',
      'error: Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)\n',
    ],
  ])('%s', (command, stderr) => {
    expect(createTerminal().run(command)).toMatchObject({ stderr, code: 1 });
  });
});
