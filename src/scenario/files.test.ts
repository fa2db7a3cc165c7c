import { expect, test } from 'vitest';
import { joinFiles } from './files';
import { parseScenario } from './scenario';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: nginx}]}\n';
const SERVICE = '---\r\napiVersion: v1\r\nkind: Service\r\nmetadata: {name: s}\r\nspec: {ports: [{port: 80}]}\r\n';
function kinds(text: string) {
  const { scenario, problems } = parseScenario(text);
  expect(problems).toEqual([]);
  return scenario?.documents.map(({ object }) => object.kind);
}

test('one file is taken as it is, without what stands before its first document', () => {
  expect(joinFiles([{ path: 'a.yaml', text: POD }])).toEqual({ text: POD, taken: ['a.yaml'], leftOut: [] });
  expect(joinFiles([{ path: 's.yml', text: `\uFEFF${SERVICE}` }]).text).toBe(SERVICE.slice(5).replaceAll('\r', ''));
});

test('several are one stream in the order of their paths', () => {
  const { text, taken } = joinFiles([
    { path: 'app/b.yaml', text: SERVICE },
    { path: 'app/a.json', text: '{\n  "apiVersion": "v1",\n  "kind": "Namespace",\n  "metadata": {"name": "n"}\n}' },
    { path: 'pods.txt', text: `${POD}---\n` },
  ]);
  expect(taken).toEqual(['app/a.json', 'app/b.yaml', 'pods.txt']);
  expect(kinds(text)).toEqual(['Namespace', 'Service', 'Pod']);
});

test('an object may be in one line, as JSON or in braces, and several may be in several', () => {
  const flow = '{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}';
  const json = '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"}}';
  const { text, leftOut } = joinFiles([
    { path: 'a.json', text: json },
    { path: 'b.yaml', text: flow },
    { path: 'c.json', text: `${json}\n${json.replace('Secret', 'Namespace')}\n` },
  ]);
  expect(leftOut).toEqual([]);
  expect(kinds(text)).toEqual(['Secret', 'ConfigMap', 'Secret', 'Namespace']);
});

test.each([
  ['logo.png', undefined, 'not-yaml'],
  ['notes.txt', 'kind: regards', 'not-yaml'],
  ['a.yaml', 'apiVersion: v1\nkind: Pod\n\0', 'binary'],
  ['a.yaml', '\n', 'empty'],
  ['templates/a.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Values.name }}}', 'template'],
  ['kustomization.yaml', 'resources: [a.yaml]', 'kustomize'],
  ['values.yaml', 'replicas: 3', 'no-object'],
])('%s is left out of several: %s', (path, text, reason) => {
  const joined = joinFiles([
    { path: 'z.yaml', text: POD },
    { path, text },
  ]);
  expect(joined).toEqual({ text: POD, taken: ['z.yaml'], leftOut: [{ path, reason }] });
});

test('a file alone is opened whatever its YAML holds: the editor tells what is wrong', () => {
  expect(joinFiles([{ path: 'a.yaml', text: 'replicas: [' }]).text).toBe('replicas: [\n');
  expect(joinFiles([{ path: 'a.md', text: undefined }])).toMatchObject({ text: '', leftOut: [{ reason: 'not-yaml' }] });
});

test('what Helm rendered is taken, by helm template and by a dry run', () => {
  const rendered = `---\n# Source: shop/templates/service.yaml\n${SERVICE.slice(5)}---\n# Source: shop/templates/empty.yaml\n---\n# Source: shop/templates/pod.yaml\n${POD}`;
  expect(kinds(joinFiles([{ path: 'rendered.yaml', text: rendered }]).text)).toEqual(['Service', 'Pod']);
  const dryRun = `NAME: shop\nLAST DEPLOYED: Mon\nSTATUS: pending-install\nHOOKS:\n---\n# Source: shop/templates/hook.yaml\n${POD}MANIFEST:\n${rendered}\nNOTES:\n1. Get the URL: kind of\n`;
  expect(kinds(joinFiles([{ path: 'out', text: dryRun }]).text)).toEqual(['Pod', 'Service', 'Pod']);
});
