import { expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const KEY = 'container.apparmor.security.beta.kubernetes.io/';
const OLD = `metadata.annotations[${KEY}app]: deprecated since v1.30; use the "appArmorProfile" field instead`;

/** Annotation, profile of the container, what is stored, what is said. */
it.each([
  ['app: localhost/mine', '', '{"localhostProfile":"mine","type":"Localhost"}', `Warning: ${OLD}`],
  ['app: runtime/default', '', '{"type":"RuntimeDefault"}', `Warning: ${OLD}`],
  ['app: unconfined', '{type: Unconfined}', '{"type":"Unconfined"}', ''],
  [
    'app: unconfined',
    '{type: RuntimeDefault}',
    '',
    'appArmorProfile.type: Forbidden: apparmor type in annotation and field must match',
  ],
  [
    'app: localhost/a',
    '{type: Localhost, localhostProfile: b}',
    '',
    'appArmorProfile.localhostProfile: Forbidden: apparmor profile in annotation and field must match',
  ],
  ['other: unconfined', '', '', `metadata.annotations[${KEY}other]: Invalid value: "other": container not found`],
  ['app: what', '', '', 'Invalid value: "what": invalid AppArmor profile name: "what"'],
])('the annotation %s beside %s', (annotation, profile, stored, said) => {
  const terminal = createTerminal({ nodes: 0 });
  terminal.world.runFor(100);
  const context = profile ? `, securityContext: {appArmorProfile: ${profile}}` : '';
  const text = `{apiVersion: v1, kind: Pod, metadata: {name: web, annotations: {${KEY}${annotation}}}, spec: {containers: [{name: app, image: nginx${context}}]}}`;
  const { stderr } = terminal.run('create -f -', text);
  expect(stderr).toContain(said);
  if (said === '') expect(stderr).toBe('');
  const path = '{.spec.containers[0].securityContext.appArmorProfile}';
  expect(terminal.run(`get pod web --ignore-not-found -o jsonpath='${path}'`).stdout).toBe(stored);
});
