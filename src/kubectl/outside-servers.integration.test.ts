/** Webhooks and APIServices: stored and checked, with a word that they have no effect; tokens are asked about. */
import { describe, expect, it } from 'vitest';
import { createTerminal } from '../testing/terminal';

const hook = (rest: string) =>
  `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: w}\nwebhooks:\n- ${rest}`;
const GOOD =
  '{name: a.b.c, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {url: "https://x.example.com/y"}}';

describe('webhook configurations', () => {
  it('are stored, and said to have no effect', () => {
    const terminal = createTerminal({});
    expect(terminal.run('apply -f -', hook(GOOD))).toMatchObject({
      stdout: 'validatingwebhookconfiguration.admissionregistration.k8s.io/w created\n',
      stderr: 'Warning: kubestep: this ValidatingWebhookConfiguration has no effect: webhooks are not called\n',
      code: 0,
    });
    expect(terminal.run('get validatingwebhookconfigurations').stdout).toBe(
      'NAME   WEBHOOKS   AGE\nw      1          0s\n',
    );
  });

  it.each([
    [
      '{name: a.b, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {url: "https://x/y"}}',
      'webhooks[0].name: Invalid value: "a.b": should be a domain with at least three segments separated by dots',
    ],
    [
      '{name: a.b.c, sideEffects: Some, admissionReviewVersions: [v2], clientConfig: {service: {name: s, namespace: ns, path: x}}}',
      '* webhooks[0].sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun"\n' +
        `* webhooks[0].clientConfig.service.path: Invalid value: "x": must start with a '/'\n` +
        `* webhooks[0].clientConfig.service.path: Invalid value: "x": segment[0] may not be empty\n` +
        '* webhooks[0].admissionReviewVersions: Invalid value: ["v2"]: must include at least one of v1, v1beta1',
    ],
    [
      '{name: a.b.c, sideEffects: None, timeoutSeconds: 31, admissionReviewVersions: [v1], clientConfig: {url: "http://u@/y?z"}}',
      '* webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds\n' +
        `* webhooks[0].clientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]\n` +
        '* webhooks[0].clientConfig.url: Invalid value: "": host must be specified; desired format: https://host[/path]\n' +
        '* webhooks[0].clientConfig.url: Invalid value: "u": user information is not permitted in the URL\n' +
        '* webhooks[0].clientConfig.url: Invalid value: "z": query parameters are not permitted in the URL',
    ],
    [
      '{name: a.b.c, clientConfig: {service: {namespace: no}}}',
      'cannot unmarshal bool into Go struct field ServiceReference.webhooks.clientConfig.service.namespace of type string',
    ],
  ])('are refused: %s', (body, words) => {
    expect(createTerminal({}).run('apply -f -', hook(body)).stderr).toContain(words);
  });
});

describe('APIServices', () => {
  const service = (name: string, spec: string) =>
    `apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: {name: ${name}}\nspec: {${spec}}`;

  it('must be called by version and group', () => {
    const spec = 'version: v1beta1, group: metrics.k8s.io, groupPriorityMinimum: 100, versionPriority: 100';
    expect(createTerminal({}).run('apply -f -', service('x', spec)).stderr).toBe(
      'The APIService "x" is invalid: metadata.name: Invalid value: "x": must be `spec.version+"."+spec.group`: "v1beta1.metrics.k8s.io"\n',
    );
  });

  it('are listed; local ones are available', () => {
    const terminal = createTerminal({});
    const spec = 'version: v1, group: a.b, groupPriorityMinimum: 100, versionPriority: 100';
    terminal.run('apply -f -', service('v1.a.b', spec));
    expect(terminal.run('get apiservices v1.a.b').stdout).toBe(
      'NAME     SERVICE   AVAILABLE   AGE\nv1.a.b   Local     True        0s\n',
    );
    expect(terminal.run('get apiservices').stdout).toMatch(/^v1\.a\.b +Local +True +0s\nv1\.admissionregistration/m);
  });
});

describe('TokenReview', () => {
  const review = (token: string) => `apiVersion: authentication.k8s.io/v1\nkind: TokenReview\nspec: {token: ${token}}`;

  it('tells whose token it is, until the account is gone', () => {
    const terminal = createTerminal({});
    terminal.run('create serviceaccount bot');
    const token = terminal.run('create token bot').stdout.trim();
    const ask = () =>
      terminal.run('create -o jsonpath={.status.authenticated}:{.status.user.username} -f -', review(token)).stdout;
    expect(ask()).toBe('true:system:serviceaccount:default:bot');
    terminal.run('delete serviceaccount bot');
    expect(ask()).toBe(':');
    expect(terminal.run('create -o jsonpath={.status.error} -f -', review('abc')).stdout).toContain(
      'invalid bearer token',
    );
  });
});
