/** Who goes first when process ids run short, by what `ps` shows of real containers. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../../testing/terminal';

const pod = (name: string, command: string): string =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {restartPolicy: Never, containers: [{name: c, image: "busybox:1.36", command: [sh, -c, "${command}"]}]}\n`;

test('a shell with children is as many processes as it has, and is evicted before one that is alone', () => {
  const { world, run } = createTerminal({ nodes: [{ name: 'node-1' }] });
  run('apply -f -', pod('alone', 'sleep 9000; true') + pod('parent', 'sleep 9000 & sleep 9000 & sleep 9000 & wait'));
  world.runFor(30_000);
  world.simulation.act({ to: 'fault', kind: 'fault', payload: { type: 'pid-pressure', node: 'node-1', for: '30s' } });
  const evicted = (): string => run('get pods -o jsonpath={.items[*].status.reason}').stdout;
  for (let second = 0; second < 30 && evicted() === ''; second++) world.runFor(1000);
  expect(evicted()).toBe('Evicted');
  expect(run('get pod parent -o jsonpath={.status.message}').stdout).toContain('The node was low on resource: pids.');
});
