/** What the scenario about files promises, and the acceptance list with it. */
import { expect, test } from 'vitest';
import { isCommandResult } from '../../session/run-command';
import { startText } from '../../testing/swarm';
import { GALLERY } from '.';

test('an edited ConfigMap reaches the directory, neither subPath nor the variable; a trap says goodbye', async () => {
  const simulation = startText((await GALLERY.find(({ name }) => name === 'files-that-follow')?.load()) ?? '');
  simulation.run({ timeMs: 120_000 });
  const results = Array.from({ length: simulation.step }, (_, index) => simulation.detailAt(index + 1)).filter(
    isCommandResult,
  );
  const said = results
    .filter(({ command }) => /^(exec|logs)/.test(command))
    .map(({ stdout, stderr, code }) => `${code} ${stdout}${stderr}`);
  expect(said).toEqual([
    '0 redred',
    "1 sh: can't create /colours/colour: Read-only file system\ncommand terminated with exit code 1\n",
    '0 bluered',
    '0 red\n',
    expect.stringMatching(/^0 +\d+ blue +\d+ red \n$/),
    expect.stringMatching(/goodbye\n$/),
  ]);
});
