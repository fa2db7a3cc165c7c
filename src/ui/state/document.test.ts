/** kubectl edit leads to the place of an object in the text. */
import { afterEach, expect, test } from 'vitest';
import { CommandLine } from './command-line';
import { useDocument } from './document';
import { useSession } from './session';

afterEach(() => {
  useDocument.setState(useDocument.getInitialState(), true);
  useSession.setState(useSession.getInitialState(), true);
});

const printed = { stdout: '', stderr: 'there is no editor in the terminal', code: 1 };
const web = { kind: 'Deployment', namespace: 'default', name: 'web' };
const line = (): CommandLine =>
  new CommandLine(() => Promise.resolve({ output: { ...printed, edits: [web] }, view: null }));

test('the document is opened in the editor', async () => {
  useDocument.setState({ marks: [{ ...web, line: 7, state: 'in-sync', drift: [] }] });
  await line().run('edit deploy web');
  expect(useDocument.getState().wanted).toEqual({ line: 7 });
  expect(useDocument.getState().opened).toContain('Deployment web');
  expect(useSession.getState()).toMatchObject({ phoneTab: 'editor', selected: null });
});

test('an object that stands nowhere in the text is selected', async () => {
  await line().run('edit deploy web');
  expect(useDocument.getState().wanted).toBeNull();
  expect(useSession.getState()).toMatchObject({ phoneTab: 'inspector', selected: 'Deployment/default/web' });
});
