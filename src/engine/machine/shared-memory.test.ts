/** What a program writes to /dev/shm is memory, of which there are 64 MiB. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const pod = (name: string, limit: string): string =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {restartPolicy: Never, containers: [{name: c, image: "busybox:1.36", command: [sleep, "9000"], resources: {limits: {memory: ${limit}}}}]}\n`;

test('files in /dev/shm have 64 MiB, count for their container, and kill one whose limit they exceed', () => {
  const { run, world } = createTerminal({ nodes: [{ name: 'node-1' }], flags: { 'metrics-server': {} } });
  run('apply -f -', pod('large', '256Mi') + pod('small', '32Mi'));
  world.runFor(20_000);
  const full = run('exec large -- dd if=/dev/zero of=/dev/shm/x bs=1M count=100');
  expect(full.stderr).toContain('No space left on device');
  expect(run('exec large -- df -m /dev/shm').stdout).toMatch(/^shm +64 +64 +0 100% \/dev\/shm$/m);
  world.runFor(6000);
  expect(run('top pod large --no-headers').stdout).toMatch(/ (6[4-9]|7\d)Mi/);
  run('exec small -- dd if=/dev/zero of=/dev/shm/x bs=1M count=40');
  world.runFor(5000);
  expect(run('get pod small -o jsonpath={.status.containerStatuses[0].state.terminated.reason}').stdout).toBe(
    'OOMKilled',
  );
});
