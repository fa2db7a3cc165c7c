import { expect, test } from 'vitest';
import { withoutSecretValues } from './secret-command';

test.each([
  ['create secret generic x --from-literal=p=s3cret', 'create secret generic x --from-literal=p=***'],
  ['create secret generic x --from-literal p=s3cret -n a', 'create secret generic x --from-literal p=*** -n a'],
  [
    `create secret generic x --from-literal=p='s3 cret' --from-literal=q=2`,
    `create secret generic x --from-literal=p=*** --from-literal=q=***`,
  ],
  [`create secret generic x --from-literal="p=s3 cret"`, `create secret generic x --from-literal="p=***"`],
  [`create secret generic x '--from-literal=p=s3 cret' -n a`, `create secret generic x '--from-literal=p=***' -n a`],
  [
    'create secret docker-registry r --docker-username=u --docker-password=s3cret',
    'create secret docker-registry r --docker-username=u --docker-password=***',
  ],
  [`patch secret db -p '{"stringData":{"password":"hunter2y"}}' -n a`, 'patch secret db -p *** -n a'],
  ['patch secret db -p "{\\"data\\": {\\"p\\": \\"czNjcmV0\\"}}"', 'patch secret db -p ***'],
  ['apply -f - <<EOF\nkind: Secret\nstringData: {p: s3cret}\nEOF', 'apply -f - <<EOF\n***\nEOF'],
])('%s', (command, shown) => {
  expect(withoutSecretValues(command)).toBe(shown);
});

test.each([
  'create configmap x --from-literal=p=open',
  `patch deployment web -p '{"spec":{"replicas":3}}'`,
  'apply -f - <<EOF\nkind: ConfigMap\nEOF',
  'get secret x -o yaml',
  'logs secret-reader -p web',
])('nothing is hidden in %s', (command) => {
  expect(withoutSecretValues(command)).toBe(command);
});

test('long input, ended or not, is read once', () => {
  const shown = `${'apply -f - <<EOF\nkind: Secret\nEOF\n'.repeat(20_000)}cat <<EOF\n${'\n'.repeat(200_000)}`;
  expect(withoutSecretValues(shown).match(/\*\*\*/g)).toHaveLength(20_000);
});
